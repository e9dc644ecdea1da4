import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { AdviceDocument } from '../advice/advice-document.ts';
import { brakecheck, runSmall } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
/** It would hold, but not at the door by which the mistake comes. */
const PROFILE = fileIn(
  folder,
  'narrow.yaml',
  smallProfile('narrow', [{ id: 'guard', use: 'deletion-protection', doors: ['pipeline'] }]),
);
const OUT = join(folder, 'escaped');

function adviceIn(path: string): AdviceDocument {
  return JSON.parse(readFileSync(join(path, 'advice.json'), 'utf8'));
}

beforeAll(async () => {
  const { code } = await runSmall([SCENARIO, '--profile', PROFILE, '--out', OUT]);
  expect(code).toBe(1);
}, 900_000);

test('an escape gets the smallest change that flips it, with its friction, its diff and a command that tests it', async () => {
  const told = await brakecheck(['advise', OUT, '--most', '3', '--json']);
  expect(told.stderr).toContain('small-deletion: 3 sets of changes tried, 1 flip the verdict');
  expect(told.code).toBe(0);
  const advice: AdviceDocument = JSON.parse(told.stdout);
  expect(adviceIn(OUT)).toEqual(advice);
  expect(advice).toMatchObject({ schema: 'brakecheck/advice/v1', profile: 'narrow', isWhole: true });
  const [scenario] = advice.scenarios;
  expect(scenario).toMatchObject({ id: 'small-deletion', verdict: 'escaped', tried: 3, reachedBound: true });
  const [set, ...others] = scenario?.changes ?? [];
  expect(others).toEqual([]);
  expect(set).toMatchObject({
    guardrail: 'guard',
    verdict: 'contained',
    overBlocks: false,
    isMinimal: true,
    cost: { outcome: 'allowed' },
    routes: { open: [] },
    file: 'advice/small-deletion-1.yaml',
  });
  expect(set?.diff).toContain('-      - pipeline');
  expect(set?.routes.notTried.length).toBeGreaterThan(5);

  const words = (set?.command ?? '').split(' ').slice(1);
  const again = await brakecheck([...words, '--no-attribution', '--json']);
  expect(JSON.parse(again.stdout).scenarios[0]).toMatchObject({ id: 'small-deletion', verdict: 'contained' });
});

test('review shows the advice, what to paste included, and asks for no other', async () => {
  const { stdout } = await brakecheck(['review', OUT, '--print', 'what-to-change']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('(contained at seed 1; harmless work let through');
  expect(stdout).toContain('1. guard: also at the doors configuration, console');
  expect(stdout).toContain('\n       -      - pipeline\n');
  expect(stdout).toContain('advice/small-deletion-1.yaml --seed 1');
  expect(stdout).not.toContain('brakecheck advise');
});

test('the journals alone are enough', async () => {
  const bare = join(folder, 'bare');
  mkdirSync(bare);
  for (const name of readdirSync(OUT).filter(file => file.endsWith('.jsonl')))
    cpSync(join(OUT, name), join(bare, name));
  const told = await brakecheck(['advise', bare, '--most', '1']);
  expect(told.code).toBe(0);
  expect(told.stdout).toContain('1 set of changes tried: 1 flips the verdict.');
  expect(told.stdout).toContain('1. guard: also at the doors configuration, console');
  expect(adviceIn(bare).scenarios[0]?.changes[0]?.diff).toContain('-      - pipeline');
});

test('what flips one seed of a run is confirmed at its other seeds, and the command tests all of them', async () => {
  const seeds = join(folder, 'seeds');
  await runSmall([SCENARIO, '--profile', PROFILE, '--seeds', '2', '--out', seeds]);
  const told = await brakecheck(['advise', seeds, '--most', '3']);
  expect(told.code).toBe(0);
  expect(told.stdout).toContain('contained at all 2 seeds of the run');
  expect(told.stdout).toContain('--seed 1 --seeds 2');
  const [set] = adviceIn(seeds).scenarios[0]?.changes ?? [];
  expect(set?.seeds).toEqual({ contained: ['1', '2'], notContained: [], overBlocked: [], notTried: [] });
});

test('where nothing that was tried flips it, that is said plainly, with the bound', async () => {
  const none = join(folder, 'none');
  await runSmall([SCENARIO, '--profile', 'none', '--out', none]);
  const told = await brakecheck(['advise', none, '--most', '1']);
  expect(told.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Of 1 set of changes that was tried, none flips the verdict. The bound of 1 was reached; --most 2 tries more.',
  );
  expect(told.code).toBe(1);
});

test('of a contained run nothing is re-run, and nothing is to be changed', async () => {
  const held = join(folder, 'held');
  const profile = fileIn(folder, 'held.yaml', smallProfile('held', [{ use: 'deletion-protection' }]));
  const { code } = await runSmall([SCENARIO, '--profile', profile, '--out', held]);
  expect(code).toBe(0);
  const told = await brakecheck(['advise', held]);
  expect(told.stdout).toContain('there is nothing to change');
  expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 0, stderr: '' });
  expect(adviceIn(held).scenarios[0]).toMatchObject({ tried: 0, changes: [] });
});

test('stopped, it says so and keeps what it has', async () => {
  let isStopped = false;
  const told = await brakecheck(['advise', OUT], {
    onStderr: (soFar, child) => {
      // A second signal would end it at once.
      if (!isStopped && soFar.includes('1 flip the verdict')) isStopped = child.kill('SIGINT');
    },
  });
  expect(told.code).toBe(130);
  expect(told.stdout).toContain('It was stopped before its end');
  const advice = adviceIn(OUT);
  expect(advice.isWhole).toBe(false);
  expect(advice.scenarios[0]?.changes.map(({ guardrail }) => guardrail)).toContain('guard');
});

test('what is no run, and what it does not hold, is refused in clear words', async () => {
  const nowhere = await brakecheck(['advise', folder]);
  expect(nowhere.code).toBe(3);
  expect(nowhere.stderr).toContain('neither a manifest.json nor the journal of a guarded arm');
  const other = await brakecheck(['advise', OUT, '--scenario', 'other']);
  expect(other.code).toBe(3);
  expect(other.stderr).toContain('It has: small-deletion.');
  expect((await brakecheck(['advise', OUT, '--most', '0'])).code).toBe(3);
});
