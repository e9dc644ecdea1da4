import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createRng } from '../kernel/rng.ts';
import { brakecheck, PROJECT } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const KILLS = 10;

const folder = temporaryFolder();
const rng = createRng('kills');
const scenario = (id: string, minutes: number) =>
  fileIn(folder, `${id}.yaml`, smallScenario({ minutes, parts: { metadata: { id, title: id } } }));
scenario('first', 60);
fileIn(folder, 'fits.yaml', smallProfile('fits', [{ use: 'deletion-protection' }]));
fileIn(folder, 'open.yaml', smallProfile('open', []));
const DAY = fileIn(
  folder,
  'day.yaml',
  stringify({
    apiVersion: 'brakecheck/v1',
    kind: 'GameDay',
    metadata: { id: 'day', title: 'A game day that is killed' },
    scenarios: ['./first.yaml'],
    profiles: ['./fits.yaml', { use: './open.yaml', baseline: true }],
    seeds: { from: 1, count: 2 },
    order: { by: 'shuffled' },
  }),
);

/** All that must not depend on what happened on the way; wall time is in manifests only. */
function results(out: string): Record<string, string> {
  const files = [
    'gameday.json',
    'gameday.md',
    'fits/scorecard.json',
    'open/scorecard.json',
    'fits/report.md',
  ];
  return Object.fromEntries(files.map(file => [file, readFileSync(join(out, file), 'utf8')]));
}

function journals(out: string): Record<string, string> {
  return Object.fromEntries(
    ['fits', 'open'].flatMap(run =>
      readdirSync(join(out, run))
        .filter(name => name.endsWith('.jsonl'))
        .sort()
        .map(name => [`${run}/${name}`, readFileSync(join(out, run, name), 'utf8')]),
    ),
  );
}

/** Runs the game day and kills its process, and so all its threads, after `afterMs`; true when it was killed. */
function killedAfter(out: string, afterMs: number): Promise<boolean> {
  const child = spawn(
    join(PROJECT, 'node_modules/.bin/node'),
    [join(PROJECT, 'harness/cli/bin.ts'), 'gameday', DAY, '--out', out, '--workers', '2'],
    { stdio: 'ignore' },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

test('killed at ten random moments and started again, a game day gives the same scoreboard, scorecards and journals as an undisturbed one', async () => {
  const undisturbed = join(folder, 'a', 'day');
  const dryMs = performance.now();
  await brakecheck(['gameday', DAY, '--dry-run']);
  const startMs = performance.now() - dryMs;
  const startedMs = performance.now();
  const whole = await brakecheck(['gameday', DAY, '--out', undisturbed, '--workers', '2']);
  const wallMs = performance.now() - startedMs;
  expect(whole.code).toBe(0);
  // Each sitting gets on by a small part, so that the kills fall all along; one that came to its end is followed by a new one.
  const folders = [join(folder, 'killed-0', 'day')];
  let kills = 0;
  for (let sitting = 0; kills < KILLS && sitting < 4 * KILLS; sitting++) {
    const afterMs = startMs + rng.keyed(String(sitting)) * ((wallMs - startMs) / 5);
    if (await killedAfter(folders.at(-1) ?? '', afterMs)) kills++;
    else folders.push(join(folder, `killed-${folders.length}`, 'day'));
  }
  for (const killed of folders) {
    const last = await brakecheck(['gameday', DAY, '--out', killed]);
    expect(last.code).toBe(0);
    expect(journals(killed)).toEqual(journals(undisturbed));
    expect(results(killed)).toEqual(results(undisturbed));
  }
  expect(kills).toBe(KILLS);
}, 900_000);

test.each([1, 2])('with %i worker(s) the results are the same', async workers => {
  const out = join(folder, `w${workers}`, 'day');
  const { code } = await brakecheck(['gameday', DAY, '--out', out, '--workers', String(workers)]);
  expect(code).toBe(0);
  expect(results(out)).toEqual(results(join(folder, 'a', 'day')));
});
