import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readJournal } from '../journal/reader.ts';
import { brakecheck, runSmall } from '../testing/command-line.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const QUICK = fileIn(folder, 'quick.yaml', smallScenario({ minutes: 20 }));
/** Four days an arm: nobody waits for its end. */
const LONG = fileIn(folder, 'long.yaml', smallScenario({ minutes: 4 * 24 * 60 }));

const journalsIn = (directory: string) => readdirSync(directory).filter(name => name.endsWith('.jsonl'));
const scorecardIn = (directory: string) =>
  JSON.parse(readFileSync(join(directory, 'scorecard.json'), 'utf8'));

test.each([
  { signal: 'SIGINT', code: 130, name: 'interrupted' },
  { signal: 'SIGTERM', code: 143, name: 'terminated' },
] as const)(
  '$signal closes every journal, leaves a scorecard that says so, and exits $code',
  async ({ signal, code, name }) => {
    const out = join(folder, name);
    const ended = await runSmall([LONG, '--out', out], {
      onStderr: (soFar, child) => {
        if (/^running: /m.test(soFar) && !/closing the journals/.test(soFar)) child.kill(signal);
      },
    });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain('closing the journals; press Ctrl-C again to end at once');
    const closings = journalsIn(out).map(file =>
      readJournal(readFileSync(join(out, file), 'utf8'), file).lines.at(-1),
    );
    // Arms that had not begun yet are not begun any more, and leave no journal.
    expect(closings.length).toBeGreaterThan(0);
    for (const closing of closings)
      expect(closing).toMatchObject({ type: 'closed', status: 'interrupted', reason: 'stop-requested' });
    const card = scorecardIn(out);
    expect(card.exit).toMatchObject({ code, name });
    expect(card.scenarios[0]).toMatchObject({ verdict: 'inconclusive' });
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('interrupted');
  },
);

test('what a killed run had written is scored afterwards, as evidence that is missing', async () => {
  const out = join(folder, 'killed');
  const ended = await runSmall([LONG, '--out', out], {
    onStderr: (soFar, child) => {
      if (/^running: /m.test(soFar)) child.kill('SIGKILL');
    },
  });
  expect(ended.code).toBe(null);
  const scored = await brakecheck(['score', out, '--json']);
  expect(scored.code).toBe(2);
  const card = JSON.parse(scored.stdout);
  expect(card.exit.name).toBe('inconclusive');
  expect(card.scenarios[0].arms.unguarded.status).toBe('cut');
  expect(scored.stderr).not.toContain('fault of brakecheck');
});

test('a run never overwrites another, whatever is in its folder', async () => {
  const out = join(folder, 'taken');
  mkdirSync(out);
  writeFileSync(join(out, 'kept.txt'), 'kept');
  const { code, stdout, stderr } = await runSmall([QUICK, '--out', out]);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(stderr).toContain('it exists already, and a run never overwrites another');
  expect(stderr).toContain('Choose another folder with --out, or remove that one.');
  expect(readdirSync(out)).toEqual(['kept.txt']);
});

test.each([
  ['a file where a folder should be', () => join(fileIn(folder, 'a-file', ''), 'run')],
  ['a place where nobody can write', () => '/proc/brakecheck-test/run'],
])('%s is told plainly, with what to do', async (_what, place) => {
  const { code, stderr } = await runSmall([QUICK, '--out', place()]);
  expect(code).toBe(4);
  expect(stderr).toMatch(/^brakecheck: could not make the folder .*: (ENOTDIR|ENOENT|EACCES|EEXIST)/m);
  expect(stderr).toContain('Choose a folder that can be written with --out.');
  expect(stderr).not.toContain('fault of brakecheck');
});

/** A disk that holds next to nothing; null where this machine does not let us make one. */
function tinyDisk(sizeKb: number): string | null {
  const path = join(folder, `disk-${sizeKb}`);
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKb}k`, 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  unmount.push(path);
  return path;
}
const unmount: string[] = [];
afterAll(() => {
  for (const path of unmount) spawnSync('umount', [path]);
});
const disk = tinyDisk(64);

test.skipIf(disk === null)(
  `a full disk ends the run with a plain error, and what was written is kept and readable${disk === null ? ' (skipped: a small disk cannot be mounted here, which takes root)' : ''}`,
  async () => {
    const out = join(disk ?? '', 'run');
    const { code, stderr } = await runSmall([QUICK, '--out', out]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^brakecheck: could not write .*ENOSPC/m);
    expect(stderr).toContain('What was written so far is kept; free some space, or choose another folder');
    expect(stderr).not.toContain('fault of brakecheck');
    const texts = journalsIn(out).map(file => readFileSync(join(out, file), 'utf8'));
    const written = texts.filter(text => text !== '');
    expect(written.length).toBeGreaterThan(0);
    for (const text of written) {
      expect(text.endsWith('\n')).toBe(true);
      expect(readJournal(text, 'kept').header.type).toBe('header');
    }
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).planned).toEqual(['small-deletion']);
    const report = await brakecheck(['report', out]);
    expect(report.code).toBe(0);
    expect(report.stdout.toLowerCase()).toContain('inconclusive');
  },
);
