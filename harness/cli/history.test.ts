import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boardOf, cardOf, type Kind } from '../gameday/history/testing/results.ts';
import { brakecheck, type Ended } from '../testing/command-line.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const cwd = temporaryFolder();
const DAYS: readonly Kind[] = ['contained', 'contained', 'escaped', 'inconclusive'];

for (const [index, kind] of DAYS.entries()) writeDay(index + 1, kind);
writeRun('run-1', 'contained');
writeRun('run-2', 'escaped');
writeRun('run-3', 'escaped', 'sha256:another');

/** A finished game day as `gameday` leaves it, but for its journals. */
function writeDay(day: number, kind: Kind): void {
  const date = `2026-03-0${day}`;
  const folder = `reports/a-day-${date}`;
  write(`${folder}/gameday-manifest.json`, {
    schema: 'brakecheck/gameday-manifest/v1',
    ...{ gameDay: 'a-day', runId: `a-day-${date}` },
    ...{ startedAt: `${date}T12:00:00.000Z`, finishedAt: `${date}T12:10:00.000Z` },
  });
  write(`${folder}/gameday.json`, boardOf(kind));
  write(`${folder}/layers/manifest.json`, { runId: 'layers', profile: 'layers' });
  write(`${folder}/layers/scorecard.json`, cardOf(kind));
}

function writeRun(name: string, kind: Kind, suiteHash = cardOf(kind).suiteHash): void {
  write(`reports/${name}/manifest.json`, {
    ...{ runId: name, profile: 'layers' },
    startedAt: `2026-04-0${name.at(-1)}T12:00:00.000Z`,
  });
  write(`reports/${name}/scorecard.json`, { ...cardOf(kind), suiteHash });
}

function write(path: string, value: unknown): void {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), typeof value === 'string' ? value : JSON.stringify(value));
}

function run(...args: string[]): Promise<Ended> {
  return brakecheck(args, { cwd });
}

test('history tells the trend of each game day, as JSON for machines and with a chart as a page', async () => {
  const { code, stdout, stderr } = await run('history', '--json', '--html', 'history.html');
  const { schema, series } = JSON.parse(stdout);
  expect({ code, schema }).toEqual({ code: 0, schema: 'brakecheck/history/v1' });
  expect(
    series.map(({ gameDay, points }: { gameDay: string; points: [] }) => [gameDay, points.length]),
  ).toEqual([
    ['a-day', 4],
    [null, 1],
    [null, 2],
  ]);
  expect(series[0].changes.map(({ kind }: { kind: string }) => kind)).toEqual(['discovered', 'drifted']);
  expect(stderr).toContain('✗ 2026-03-03 12:00 discovered: rebuild escapes');
  expect(stderr).toContain('██▁·');
  expect(readFileSync(join(cwd, 'history.html'), 'utf8')).toContain('aria-label="Trend of a-day');
});

test('--limit and --game-day choose, and what is older is counted', async () => {
  const { stdout } = await run('history', '--json', '--game-day', 'a-day', '--limit', '2');
  const { series, older } = JSON.parse(stdout);
  expect(series).toHaveLength(1);
  expect(series[0].points).toHaveLength(2);
  expect(older).toBe(2);
});

test('broken and foreign folders are skipped, each with its reason, and no link is followed', async () => {
  const folder = 'strange';
  cpSync(join(cwd, 'reports/a-day-2026-03-01'), join(cwd, folder, 'good'), { recursive: true });
  const manifest = readFileSync(join(cwd, folder, 'good/gameday-manifest.json'), 'utf8');
  write(`${folder}/holiday/photo.txt`, 'sun');
  write(
    `${folder}/half/gameday-manifest.json`,
    manifest.replace(/"finishedAt":"[^"]+"/, '"finishedAt":null'),
  );
  write(`${folder}/cut/gameday-manifest.json`, manifest);
  write(`${folder}/cut/gameday.json`, '{"schema":');
  write(`${folder}/foreign/gameday-manifest.json`, manifest);
  write(`${folder}/foreign/gameday.json`, { schema: 'brakecheck/gameday/v1', profiles: 7 });
  write(`${folder}/old/manifest.json`, { startedAt: 12 });
  write(`${folder}/odd/manifest.json`, 'null');
  write(`${folder}/odd/scorecard.json`, '[]');
  symlinkSync(join(cwd, 'reports'), join(cwd, folder, 'link'));
  const { code, stdout } = await run('history', folder, '--json');
  const { series, skipped } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(series).toHaveLength(1);
  const reasons = Object.fromEntries(
    skipped.map(({ directory, because }: { directory: string; because: string }) => [directory, because]),
  );
  expect(reasons).toEqual({
    'strange/holiday': 'it is neither a game day nor a run: it has no manifest',
    'strange/half': 'the game day is not finished',
    'strange/cut': 'gameday.json is not JSON',
    'strange/foreign': 'gameday.json is none that this version reads',
    'strange/old': 'it has no scorecard.json, or one that is too large to be one',
    'strange/odd': 'scorecard.json is none that this version reads',
  });
});

test('a scoreboard cannot make history or diff read outside its folder', async () => {
  const folder = 'sly/day';
  cpSync(join(cwd, 'reports/a-day-2026-03-01'), join(cwd, folder), { recursive: true });
  const path = join(cwd, folder, 'gameday.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"run":"layers"', '"run":"../../reports/run-2"'));
  const { stdout } = await run('history', 'sly', '--json');
  expect(JSON.parse(stdout).series[0].points[0].scenarios[0].roles).toEqual([]);
  const diff = await run('diff', folder, 'reports/a-day-2026-03-01');
  expect(diff.code).toBe(3);
  expect(diff.stderr).toContain('which is not one of its own');
});

test('diff ends with 0 when nothing got worse, with 1 when something did, and with 2 when nothing compares', async () => {
  const [one, two, three] = [1, 2, 3].map(day => `reports/a-day-2026-03-0${day}`);
  if (one === undefined || two === undefined || three === undefined) throw new Error('three days');
  const same = await run('diff', one, two);
  expect(same.code).toBe(0);
  expect(same.stdout).toContain('Nothing got worse. Issues discovered: 0; fixed: 0.');
  const worse = await run('diff', two, three, '--json');
  expect(worse.code).toBe(1);
  expect(JSON.parse(worse.stdout)).toMatchObject({
    schema: 'brakecheck/diff/v1',
    discovered: ['rebuild escapes'],
    fixed: [],
    isComparable: true,
  });
  const better = await run('diff', three, two);
  expect(better.code).toBe(0);
  expect(better.stdout).toContain('✓ fixed: rebuild escapes');
  // The journals of these runs are gone: only the hash of the whole suite tells what they asked.
  expect((await run('diff', 'reports/run-1', 'reports/run-2')).code).toBe(1);
  const unknown = await run('diff', 'reports/run-1', 'reports/run-3');
  expect(unknown.code).toBe(2);
  expect(unknown.stdout).toContain('Nothing of the two can be compared.');
});

test('a folder that is not there, an odd limit and a page that cannot be written are said plainly', async () => {
  const missing = await run('diff', 'nowhere', 'reports/run-1');
  expect(missing.code).toBe(3);
  expect(missing.stderr).toContain('could not find a run in nowhere');
  expect((await run('history', 'nowhere')).code).toBe(3);
  expect((await run('history', '--limit', '0')).code).toBe(3);
  const page = await run('history', '--html', 'no/such/folder.html');
  expect(page.code).toBe(4);
  expect(page.stderr).not.toContain('    at ');
});

test('the sample game day that comes with the project can be compared and is told of', async () => {
  const same = await brakecheck(['diff', 'reports/sample-replay', 'reports/sample-replay']);
  expect(same.code).toBe(0);
  const { stdout } = await brakecheck(['history', '--json', '--game-day', 'replay-at-one-seed']);
  const profiles = JSON.parse(stdout).series.map(({ profile }: { profile: string }) => profile);
  expect(profiles).toEqual(['defence-in-depth', 'as-was']);
});
