import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brakecheck } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const containersTest = needs('containers');
const browserTest = needs('browser');
const folder = temporaryFolder();
/** A machine with no engine and no browser. */
const BARE = {
  DOCKER_HOST: `unix://${join(folder, 'nowhere.sock')}`,
  PLAYWRIGHT_BROWSERS_PATH: folder,
};

interface Document {
  readonly works: Readonly<Record<string, boolean>>;
  readonly unmet: readonly string[];
  readonly checks: readonly { id: string; state: string; found: string; remedy: object | null }[];
}

test('without an engine, sim and local work; what is missing comes with what to type on both systems', async () => {
  const { code, stdout } = await brakecheck(['doctor', '--json'], { env: BARE });
  const document = JSON.parse(stdout) as Document;
  expect(code).toBe(0);
  expect(document.works).toMatchObject({ sim: true, local: true, containers: false });
  expect(document.checks.find(({ id }) => id === 'engine')).toMatchObject({
    state: 'missing',
    consequence: 'the containers stack is not available; sim and local are',
    remedy: { debian: expect.stringContaining('docker'), macos: expect.stringContaining('Docker') },
  });
});

test('what is required and missing ends with 4 and is named', async () => {
  const { code, stdout } = await brakecheck(['doctor', '--require', 'containers'], { env: BARE });
  expect(code).toBe(4);
  expect(stdout).toContain('containers  not available: Docker engine');
  expect(stdout).toContain('Required and not there: containers.');
  expect(stdout).toContain('Debian/Ubuntu: ');
});

test('reports that cannot be written stop every stack', async () => {
  const here = join(folder, 'here');
  mkdirSync(here);
  // A file where the folder should be stops root too.
  writeFileSync(join(here, 'reports'), '');
  const { code, stdout } = await brakecheck(['doctor'], { cwd: here, env: BARE });
  expect(code).toBe(4);
  expect(stdout).toMatch(/missing +Reports/);
  expect(stdout).toContain('sim         not available: Reports');
});

test('a word that is no stack is refused', async () => {
  const { code, stderr } = await brakecheck(['doctor', '--require', 'container']);
  expect(code).toBe(3);
  expect(stderr).toContain('sim, local, containers, browser');
});

containersTest('where everything is there, it says so, with versions', async () => {
  const { code, stdout } = await brakecheck(['doctor', '--require', 'containers', '--json']);
  const { checks } = JSON.parse(stdout) as Document;
  expect(code).toBe(0);
  expect(checks.find(({ id }) => id === 'engine')?.found).toMatch(/API 1\.\d+/);
  expect(checks.find(({ id }) => id === 'images')).toMatchObject({ state: 'ok' });
});

browserTest('a browser is started to learn its version', async () => {
  const { stdout } = await brakecheck(['doctor', '--json']);
  const { checks } = JSON.parse(stdout) as Document;
  expect(checks.find(({ id }) => id === 'browser')?.found).toMatch(/\d+\.\d+\.\d+/);
});
