import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ScheduleState } from '../gameday/schedule/state.ts';
import { brakecheck, type Ended } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
fileIn(folder, 'fits.yaml', smallProfile('fits', [{ use: 'deletion-protection' }]));

/** A game day that is due at midnight of a day, so that no test runs into it. */
function gameDay(id: string, parts: Record<string, unknown> = {}): string {
  const text = stringify({
    apiVersion: 'brakecheck/v1',
    kind: 'GameDay',
    metadata: { id, title: 'A game day of a test' },
    scenarios: ['./small.yaml'],
    profiles: ['./fits.yaml'],
    attribution: false,
    schedule: { cron: '0 0 29 2 *', timeZone: 'Europe/Berlin', missed: 'run-once' },
    ...parts,
  });
  return fileIn(folder, `${id}.yaml`, text);
}

/** The state of a scheduler that was down on the last 29th of February: one run is to be made up for. */
function missedOne(id: string): void {
  mkdirSync(join(folder, 'reports/schedule', id), { recursive: true });
  const state: ScheduleState = {
    ...{ schema: 'brakecheck/schedule-state/v1', gameDay: id },
    ...{ cron: '0 0 29 2 *', timeZone: 'Europe/Berlin', noticedMs: Date.parse('2024-02-01T00:00Z') },
    ...{ waiting: [], current: null, recent: [] },
  };
  writeFileSync(join(folder, 'reports/schedule', id, 'state.json'), JSON.stringify(state));
}

const stateOf = (id: string) =>
  JSON.parse(readFileSync(join(folder, 'reports/schedule', id, 'state.json'), 'utf8')) as ScheduleState;
const foldersOf = (id: string) =>
  readdirSync(join(folder, 'reports')).filter(name => name.startsWith(`${id}-`));

interface Logged {
  readonly event: string;
  readonly [field: string]: unknown;
}
const linesOf = ({ stderr }: Pick<Ended, 'stderr'>) =>
  stderr
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as Logged);

/** Runs a scheduler, and does something each time that it logs a new line. */
function schedule(
  file: string,
  onLine: (line: Logged, child: ChildProcess) => void,
  options: readonly string[] = ['--no-listen'],
): Promise<Ended> {
  let seen = 0;
  return brakecheck(['schedule', file, '--log', 'json', ...options], {
    cwd: folder,
    onStderr: (soFar, child) => {
      const lines = soFar.split('\n').slice(0, -1);
      for (const line of lines.slice(seen)) onLine(JSON.parse(line) as Logged, child);
      seen = lines.length;
    },
  });
}

/** Waits until the run that was begun has a journal, and hands over its process. */
function whenItRuns(line: Logged, then: (pid: number) => void): void {
  const directory = join(folder, 'reports', String(line.folder));
  let looks = 0;
  const timer = setInterval(() => {
    const hasJournal =
      existsSync(join(directory, 'fits')) &&
      readdirSync(join(directory, 'fits')).some(name => name.endsWith('.jsonl'));
    if (++looks > 400) clearInterval(timer);
    if (!hasJournal) return;
    clearInterval(timer);
    then((JSON.parse(readFileSync(join(directory, 'owner.json'), 'utf8')) as { pid: number }).pid);
  }, 100);
}

const endAt = (event: string) => (line: Logged, child: ChildProcess) => {
  if (line.event === event) child.kill('SIGTERM');
};

test('the dry run lists due times in the zone and in UTC, through the change of the clocks', async () => {
  const file = gameDay('listed', { schedule: { cron: '30 2 * * *', timeZone: 'Europe/Berlin' } });
  const args = ['schedule', file, '--dry-run', '--from', '2026-03-28T00:00Z', '--count', '3'];
  const told = await brakecheck(args, { cwd: folder });
  expect(told.stderr).toBe('');
  expect(told.stdout.split('\n').slice(1, 4)).toEqual([
    'Sat 2026-03-28 02:30 +01:00  Europe/Berlin  2026-03-28 01:30  2026-03-28 01:30:00  listed',
    'Sun 2026-03-29 03:00 +02:00  Europe/Berlin  2026-03-29 01:00  2026-03-29 01:00:00  listed',
    'Mon 2026-03-30 02:30 +02:00  Europe/Berlin  2026-03-30 00:30  2026-03-30 00:30:00  listed',
  ]);
  const json = await brakecheck([...args, '--json'], { cwd: folder });
  expect(JSON.parse(json.stdout)).toMatchObject({
    schema: 'brakecheck/schedule-due/v1',
    due: [{ gameDay: 'listed', due: '2026-03-28T01:30:00.000Z' }, {}, {}],
  });
  expect(readdirSync(folder)).not.toContain('reports');
});

test('what cannot be scheduled is refused at the start, with what to do', async () => {
  const refused = async (args: readonly string[]) => {
    const { code, stderr } = await brakecheck(['schedule', '--no-listen', ...args], { cwd: folder });
    return [code, stderr.split('\n')[0]];
  };
  const none = gameDay('none', { schedule: undefined });
  expect(await refused([none])).toEqual([3, expect.stringContaining('does not say when it is due')]);
  const never = gameDay('never', { schedule: { cron: '0 0 30 2 *', timeZone: 'UTC' } });
  expect(await refused([never])).toEqual([3, expect.stringContaining('"0 0 30 2 *" is never due')]);
  const twice = gameDay('twice');
  expect(await refused([twice, twice])).toEqual([3, expect.stringContaining('it is named twice')]);
  expect(await refused(['weekly', '--from', 'soon', '--dry-run'])).toEqual([
    3,
    expect.stringContaining('--from'),
  ]);
});

test('SIGTERM ends it and its run; the next one goes on with that run, and nothing is run twice', async () => {
  const file = gameDay('goes-on', { seeds: { from: 1, count: 2 } });
  missedOne('goes-on');
  const first = await schedule(file, (line, child) => {
    if (line.event === 'begun') whenItRuns(line, () => child.kill('SIGTERM'));
  });
  expect(first.code).toBe(143);
  expect(linesOf(first).map(({ event }) => event)).toEqual([
    ...['claimed', 'missed', 'begun', 'ending', 'stopping', 'paused', 'ended-all'],
  ]);
  expect(stateOf('goes-on').current).toMatchObject({ phase: 'paused', sittings: 1, troubles: 0 });
  const second = await schedule(file, endAt('ended'));
  expect(linesOf(second).map(({ event }) => event)).toEqual([
    ...['claimed', 'resumed', 'ended', 'ending', 'ended-all'],
  ]);
  expect(stateOf('goes-on')).toMatchObject({ current: null, recent: [{ outcome: 'held' }] });
  const folders = foldersOf('goes-on');
  expect(folders).toEqual(['goes-on-20240228-230000-due']);
  const board = readFileSync(join(folder, 'reports', folders[0] ?? '', 'gameday.json'), 'utf8');
  expect(JSON.parse(board)).toMatchObject({ arms: { planned: 8, ended: 8 }, exit: { name: 'held' } });
  expect(readFileSync(join(folder, 'reports/schedule/goes-on/logs', `${folders[0]}.log`), 'utf8')).toContain(
    'going on in',
  );
});

test('a run outlives a scheduler that is killed; the next one waits for it instead of running it again', async () => {
  const file = gameDay('outlives', { seeds: { from: 1, count: 2 } });
  missedOne('outlives');
  const first = await schedule(file, (line, child) => {
    if (line.event === 'begun') whenItRuns(line, () => child.kill('SIGKILL'));
  });
  expect(first.code).toBeNull();
  const second = await schedule(file, (line, child) => {
    // Looked at again every half minute, and at once when it is asked to.
    if (line.event === 'adopted') {
      const timer = setInterval(() => child.kill('SIGHUP'), 1_000);
      child.on('close', () => clearInterval(timer));
    }
    endAt('ended')(line, child);
  });
  const events = linesOf(second).map(({ event }) => event);
  expect(events.filter(event => event !== 'reloaded')).toEqual([
    ...['claimed', 'adopted', 'ended', 'ending', 'ended-all'],
  ]);
  expect(stateOf('outlives')).toMatchObject({ recent: [{ outcome: 'held' }] });
  expect(foldersOf('outlives')).toHaveLength(1);
});

test('a run that dies does not end the scheduler, which tells how it is on loopback', async () => {
  const file = gameDay('dies', { seeds: { from: 1, count: 2 } });
  missedOne('dies');
  let address = '';
  const seen: { health?: Record<string, unknown>; metrics?: string; other?: number[] } = {};
  const ended = await schedule(
    file,
    (line, child) => {
      if (line.event === 'listening') address = `http://${String(line.address)}`;
      if (line.event === 'begun') {
        whenItRuns(line, owner => process.kill(owner, 'SIGKILL'));
      }
      if (line.event !== 'paused') return;
      look(address).then(
        found => {
          Object.assign(seen, found);
          child.kill('SIGTERM');
        },
        () => child.kill('SIGTERM'),
      );
    },
    ['--listen', '127.0.0.1:0'],
  );
  expect(ended.code).toBe(143);
  expect(stateOf('dies').current).toMatchObject({ phase: 'paused', troubles: 1 });
  expect(seen.health).toMatchObject({
    schema: 'brakecheck/schedule-health/v1',
    status: 'ok',
    gameDays: [{ gameDay: 'dies', running: { phase: 'paused' } }],
  });
  expect(seen.metrics).toContain('brakecheck_schedule_running{game_day="dies"} 1');
  expect(seen.metrics).toContain('brakecheck_schedule_missed_total{game_day="dies"} 1');
  expect(seen.other).toEqual([404, 405]);
});

test('a second scheduler on the same folder stands by, and takes over when the first one ends', async () => {
  const file = gameDay('shared');
  let second: Promise<Ended> | null = null;
  const first = await schedule(file, (line, child) => {
    if (line.event !== 'scheduled') return;
    second = schedule(file, (other, waiting) => {
      if (other.event === 'standby') child.kill('SIGTERM');
      // Instead of half a minute, as soon as the first one is gone.
      if (other.event === 'standby') child.on('close', () => waiting.kill('SIGHUP'));
      if (other.event === 'claimed') waiting.kill('SIGTERM');
    });
  });
  const other = await (second as Promise<Ended> | null);
  expect(linesOf(first).map(({ event }) => event)).toContain('scheduled');
  expect(
    linesOf({ stderr: other?.stderr ?? '' })
      .map(({ event }) => event)
      .filter(event => event !== 'reloaded'),
  ).toEqual([...['standby', 'claimed', 'ending', 'ended-all']]);
});

test('a file is read again when asked; one that is no longer valid changes nothing until it is mended', async () => {
  const file = gameDay('reread');
  const ended = await schedule(file, (line, child) => {
    if (line.event === 'scheduled' && line.cron === '0 0 29 2 *') {
      gameDay('reread', { schedule: { cron: 'every day', timeZone: 'UTC' } });
      child.kill('SIGHUP');
    }
    if (line.event === 'invalid') {
      gameDay('reread', { schedule: { cron: '0 0 1 1 *', timeZone: 'UTC' } });
      child.kill('SIGHUP');
    }
    if (line.event === 'scheduled' && line.cron === '0 0 1 1 *') child.kill('SIGTERM');
  });
  expect(linesOf(ended).map(({ event }) => event)).toEqual([
    ...['claimed', 'scheduled', 'invalid', 'reloaded', 'scheduled', 'ending', 'ended-all'],
  ]);
});

test('a port that is taken and a state that is not one of ours end it at once', async () => {
  const file = gameDay('trouble');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' ? bound?.port : 0;
  const taken = await brakecheck(['schedule', file, '--listen', `127.0.0.1:${port}`], { cwd: folder });
  server.close();
  expect([taken.code, taken.stderr]).toEqual([4, expect.stringContaining('or none with --no-listen')]);
  missedOne('trouble');
  fileIn(join(folder, 'reports/schedule/trouble'), 'state.json', '{"schema":"brakecheck/schedule-state/v9"}');
  const foreign = await brakecheck(['schedule', file, '--no-listen'], { cwd: folder });
  expect([foreign.code, foreign.stderr]).toEqual([3, expect.stringContaining('state.json: at schema')]);
});

async function look(address: string) {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  const health = (await (await fetch(`${address}/healthz`)).json()) as Record<string, unknown>;
  const other = await fetch(`${address}/state`);
  const post = await fetch(`${address}/healthz`, { method: 'POST' });
  return { metrics, health, other: [other.status, post.status] };
}
