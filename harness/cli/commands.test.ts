import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brakecheck, PROJECT, runSmall } from '../testing/command-line.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { TOOL } from './tool.ts';

const folder = temporaryFolder();
const SMALL = fileIn(folder, 'small.yaml', smallScenario());

test('--dry-run starts nothing and prints what would be done, through which doors, to what', async () => {
  const { code, stdout } = await runSmall([SMALL, '--dry-run'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toContain('small-deletion, arm guarded, stack sim, seed=1');
  expect(stdout).toContain('1. rebuild at 5m: console / environment.delete on cost-explorer/cn-north-1');
  expect(stdout).toContain('in the script console / environment.delete');
  expect(stdout).toContain('not tried     runbook / environment.delete');
  expect(stdout).toContain('goal: build cost-explorer-rounding-fix live on cost-explorer/cn-north-1');
  expect(stdout).toContain('Profile defence-in-depth, asked in this order');
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});

test('--dry-run --json prints the plans of all profiles as one JSON document', async () => {
  const args = [SMALL, '--dry-run', '--json', '--profile', 'none', '--against', 'deny-all', '--seeds', '2'];
  const { code, stdout, stderr } = await runSmall(args, { cwd: folder });
  const plans = JSON.parse(stdout) as { arm: string; seed: string; profile: { id: string } }[];
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(plans.map(({ arm, seed, profile }) => `${profile.id} ${seed} ${arm}`)).toEqual([
    'none 1 guarded',
    'none 1 benign',
    'none 2 guarded',
    'none 2 benign',
    'deny-all 1 guarded',
    'deny-all 1 benign',
    'deny-all 2 guarded',
    'deny-all 2 benign',
  ]);
});

test('list names what there is, as JSON too', async () => {
  const { stdout } = await brakecheck(['list', '--json'], { cwd: folder });
  const { files, guardrails, verbs, builds } = JSON.parse(stdout);
  expect(files.map((file: { id: string }) => file.id)).toContain('defence-in-depth');
  expect(guardrails).toContain('deletion-protection');
  expect(verbs.map((verb: { name: string }) => verb.name)).toContain('network.cut');
  expect(builds).toContain('pricing-stable');
  const plain = await brakecheck(['list'], { cwd: folder });
  for (const word of ['defence-in-depth', 'deletion-protection', 'network.cut', 'pricing-stable'])
    expect(plain.stdout).toContain(`  ${word}`);
});

test.each(['environment.delete', 'deletion-protection', 'defence-in-depth', 'kiro-cost-explorer'])(
  'describe knows %s',
  async id => {
    const { code, stdout, stderr } = await brakecheck(['describe', id], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^(verb|guardrail|Profile|Scenario) ${id}: .+`));
  },
);

test('schema prints a JSON Schema of every kind of file', async () => {
  for (const kind of ['Scenario', 'Profile', 'World', 'OrdinaryChange']) {
    const { code, stdout } = await brakecheck(['schema', kind]);
    expect(code).toBe(0);
    const schema = JSON.parse(stdout);
    expect(schema.$schema).toMatch(/json-schema\.org/);
    expect(schema.properties.kind.const).toBe(kind);
  }
});

test('help gives an example for every verb, and all exit codes', async () => {
  const { code, stdout } = await brakecheck(['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('130  interrupted');
  const verbs = [...stdout.matchAll(/^ {2}([a-z]+) .*(?:<|\[)/gm)].map(match => match[1] ?? '');
  expect(verbs).toEqual(expect.arrayContaining(['run', 'score', 'report', 'verify', 'validate', 'schema']));
  for (const verb of verbs.filter(verb => verb !== 'help')) {
    const help = await brakecheck([verb, '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain(`Example:\n  brakecheck ${verb}`);
    // A default is shown as it would be typed, not as it is held.
    expect(help.stdout).not.toContain('{"');
  }
});

test('the version is the one of package.json', async () => {
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  expect((await brakecheck(['--version'])).stdout).toBe(`${version}\n`);
  expect(TOOL).toBe(`brakecheck/${version}`);
});

test('a reader that goes away early, as head does, is no fault', async () => {
  const { execFile } = await import('node:child_process');
  const node = join(PROJECT, 'node_modules/.bin/node');
  const line = `"${node}" "${join(PROJECT, 'harness/cli/bin.ts')}" schema World | head -c 10`;
  const stderr = await new Promise<string>(resolve =>
    execFile('sh', ['-c', line], (_error, _stdout, text) => resolve(text)),
  );
  expect(stderr).toBe('');
});
