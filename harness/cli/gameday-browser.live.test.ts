import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Scorecard } from '../score/scorecard.ts';
import { brakecheck } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { TINY_COMPANY } from '../testing/tiny-company.ts';

const LIMIT_MS = 600_000;
const folder = temporaryFolder();
const browserTest = needs('browser');
const NOWHERE = { BRAKECHECK_BROWSER: '/nowhere/chromium' };

fileIn(folder, 'small.yaml', smallScenario({ minutes: 30, figures: TINY_COMPANY }));
fileIn(folder, 'open.yaml', smallProfile('open', []));
fileIn(folder, 'seen.yaml', aDay('seen', { browser: 'require' }));
fileIn(folder, 'simulated.yaml', aDay('simulated', { stack: 'sim' }));

function aDay(id: string, lines: object): string {
  return stringify({
    ...{ apiVersion: 'brakecheck/v1', kind: 'GameDay', metadata: { id, title: 'A day with a browser' } },
    ...{ scenarios: ['./small.yaml'], profiles: ['./open.yaml'], attribution: false, stack: 'local' },
    ...lines,
  });
}

const cardIn = (run: string) =>
  JSON.parse(readFileSync(join(folder, run, 'scorecard.json'), 'utf8')) as Scorecard;

browserTest(
  'a game day whose file asks for a browser leaves the pictures of each arm beside its profile',
  async () => {
    const ran = await brakecheck(['gameday', './seen.yaml', '--out', 'seen'], {
      ...{ cwd: folder, limitMs: LIMIT_MS },
    });
    expect(ran.stderr).not.toContain('ended with an error');
    const { unguarded } = cardIn('seen/open').scenarios[0]?.arms ?? {};
    expect(unguarded?.browser?.map(({ when }) => when)).toContain('before');
    const pictures = readdirSync(join(folder, 'seen/open/evidence/small-deletion-guarded'));
    expect(pictures.length).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'seen/open/report.md'), 'utf8')).toContain('evidence/small-deletion-');
  },
  LIMIT_MS,
);

browserTest(
  'a twin sends its browser to the live stack alone',
  async () => {
    const args = ['./small.yaml', '--profile', './open.yaml', '--sample', '200ms', '--browser', 'require'];
    const ran = await brakecheck(['twin', ...args, '--out', 'twin'], { cwd: folder, limitMs: LIMIT_MS });
    expect(ran.stdout).toContain('Both reach the same verdicts');
    expect(cardIn('twin/sim').scenarios[0]?.arms.guarded?.browser).toBeUndefined();
    expect(cardIn('twin/local').scenarios[0]?.arms.guarded?.browser?.length).toBeGreaterThan(0);
  },
  LIMIT_MS,
);

test('a browser that is required and missing ends a game day and a twin before anything is started', async () => {
  const asked = [
    ['gameday', './seen.yaml', '--out', 'missing'],
    ['twin', './small.yaml', '--profile', './open.yaml', '--browser', 'require', '--out', 'missing'],
  ];
  for (const args of asked) {
    const ran = await brakecheck(args, { cwd: folder, env: NOWHERE });
    expect([args[0], ran.code]).toEqual([args[0], 4]);
    expect(ran.stderr).toContain('requires a browser');
  }
  expect(existsSync(join(folder, 'missing'))).toBe(false);
});

test('the option wins over the file, and a browser in the simulation is a mistake', async () => {
  const told = await brakecheck(['gameday', './seen.yaml', '--dry-run', '--browser', 'off'], { cwd: folder });
  expect(told.stdout).toContain('stack      local, browser off');
  const ran = await brakecheck(['gameday', './simulated.yaml', '--browser', 'require', '--out', 'sim'], {
    cwd: folder,
  });
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('could not send a browser into the stack "sim"');
  expect(existsSync(join(folder, 'sim'))).toBe(false);
});
