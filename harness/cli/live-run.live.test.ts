import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TwinComparison } from '../score/compare-twins.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { brakecheck } from '../testing/command-line.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import type { Manifest } from './run-directory.ts';

/** Shoppers of the region in which it happens are enough. */
const ONE_REGION = { 'shoppers.perSecond': { 'cn-north-1': 0.05 } };
const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 60, figures: ONE_REGION }));
const QUICK = ['--sample', '200ms'];

test('a run on loopback ports says what its figures rest on, and its verification runs it again', async () => {
  const out = join(folder, 'run');
  const ran = await brakecheck([
    ...['run', SCENARIO, '--stack', 'local', '--profile', 'none', '--no-attribution'],
    ...[...QUICK, '--out', out],
  ]);
  expect(ran.stdout).toContain('stack local');
  expect(ran.stdout).toMatch(/Basis {3}~ extrapolated from \d+ samples/);
  expect(ran.code).toBe(1);
  const card = JSON.parse(readFileSync(join(out, 'scorecard.json'), 'utf8')) as Scorecard;
  const basis = card.scenarios[0]?.arms.unguarded?.basis;
  expect(basis?.harm).toMatchObject({ outages: 'extrapolated', cellsDestroyed: 'measured' });
  expect(basis?.journeys.measured).toBeGreaterThan(0);
  const verified = await brakecheck(['verify', out]);
  expect(verified.stdout).toContain('4 journals are as they were written');
  expect(verified.code).toBe(0);
  writeFileSync(join(out, 'small-deletion.calm.jsonl'), '{}\n');
  expect((await brakecheck(['verify', out])).code).not.toBe(0);
});

test('twins of a small deletion agree, as text and as JSON', async () => {
  const args = ['twin', SCENARIO, '--profile', 'none', ...QUICK, '--out', join(folder, 'twin')];
  const { stdout, stderr, code } = await brakecheck([...args, '--json']);
  const [comparison] = JSON.parse(stdout) as TwinComparison[];
  expect(comparison).toMatchObject({ stacks: ['sim', 'local'], agree: true });
  expect(stderr).toContain('Both reach the same verdicts');
  expect(code).toBe(0);
});

test('a stack that there is not, and a twin of one, are usage errors that name what there is', async () => {
  const unknown = await brakecheck(['run', 'kiro-cost-explorer', '--stack', 'cloud']);
  expect(unknown.code).toBe(3);
  expect(unknown.stderr).toMatch(/sim, local/);
  expect((await brakecheck(['twin', 'kiro-cost-explorer', '--stacks', 'sim'])).code).toBe(3);
  expect((await brakecheck(['run', 'kiro-cost-explorer', '--sample', 'soon'])).code).toBe(3);
});

test('Ctrl-C in the middle of a sample closes the journals at once, and nothing is left', async () => {
  const out = join(folder, 'interrupted');
  const { code } = await brakecheck(
    ['run', SCENARIO, '--stack', 'local', '--profile', 'none', '--sample', '10m', '--out', out],
    {
      onStderr: (soFar, child) =>
        void (/4 arms/.test(soFar) && setTimeout(() => child.kill('SIGINT'), 8_000)),
    },
  );
  expect(code).toBe(130);
  const lines = readFileSync(join(out, 'small-deletion.calm.jsonl'), 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'closed', status: 'interrupted' });
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.journals.every(({ leftBehind }) => leftBehind === 0)).toBe(true);
});
