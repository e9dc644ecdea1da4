import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from './command-line.ts';
import { fileIn, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
fileIn(
  folder,
  'sample.test.ts',
  `import { needs } from '${PROJECT}/harness/testing/needs.ts';
needs('containers')('a test of containers', () => { throw new Error('it ran'); });`,
);

test('without an engine a test is skipped, and the last lines say which and why', () => {
  const { status, stdout } = runSample({});
  expect(status).toBe(0);
  expect(stdout).toContain('NOT TESTED, since it needs containers: could not reach a Docker engine');
  expect(stdout).toContain('sample.test.ts: a test of containers');
  expect(stdout).toMatch(/0 passed, 0 failed, 1 skipped\n$/);
});

test('with BRAKECHECK_REQUIRE it fails instead', () => {
  const { status, stdout, stderr } = runSample({ BRAKECHECK_REQUIRE: 'browser, containers' });
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('containers is required by BRAKECHECK_REQUIRE, but could not reach');
  expect(stdout).toMatch(/0 passed, 1 failed\n$/);
});

function runSample(env: Readonly<Record<string, string>>) {
  const reporter = join(PROJECT, 'harness/testing/closing-line-reporter.ts');
  const vitest = join(PROJECT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, '--reporter=default', `--reporter=${reporter}`];
  const { BRAKECHECK_REQUIRE: _, ...rest } = process.env;
  return spawnSync(process.execPath, args, {
    cwd: PROJECT,
    encoding: 'utf8',
    timeout: 600_000,
    env: { ...rest, ...env, DOCKER_HOST: `unix://${join(folder, 'nowhere.sock')}` },
  });
}
