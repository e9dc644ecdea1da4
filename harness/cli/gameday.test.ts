import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Scoreboard } from '../gameday/scoreboard.ts';
import { brakecheck, type CommandOptions } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { lockFolder } from './gameday-lock.ts';

const folder = temporaryFolder();
fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
fileIn(
  folder,
  'long.yaml',
  smallScenario({ minutes: 400, parts: { metadata: { id: 'long', title: 'A long one' } } }),
);
fileIn(folder, 'fits.yaml', smallProfile('fits', [{ use: 'deletion-protection' }]));
fileIn(folder, 'open.yaml', smallProfile('open', []));

/** A game day's file; `parts` replace those of the smallest one. */
function gameDay(id: string, parts: Record<string, unknown> = {}): string {
  return fileIn(
    folder,
    `${id}.yaml`,
    stringify({
      apiVersion: 'brakecheck/v1',
      kind: 'GameDay',
      metadata: { id, title: 'A game day of a test' },
      scenarios: ['./small.yaml'],
      profiles: ['./fits.yaml'],
      attribution: false,
      ...parts,
    }),
  );
}

async function run(file: string, args: readonly string[] = [], options?: CommandOptions) {
  const ended = await brakecheck(['gameday', file, '--json', ...args], options);
  return { ...ended, board: ended.stdout === '' ? null : (JSON.parse(ended.stdout) as Scoreboard) };
}

const journalsIn = (out: string, profile: string) =>
  readdirSync(join(out, profile)).filter(name => name.endsWith('.jsonl'));

test('a game day of two profiles leaves one scoreboard and an ordinary run for each, which every reader of runs can read', async () => {
  const out = join(folder, 'two');
  const file = gameDay('two', {
    profiles: ['./fits.yaml', { use: './open.yaml', baseline: true }],
    gate: { scoreAtLeast: 90 },
  });
  const { code, board, stderr } = await run(file, ['--out', out]);
  expect(code).toBe(0);
  expect(board).toMatchObject({
    schema: 'brakecheck/gameday/v1',
    verdicts: { contained: 1, escaped: 0 },
    exit: { code: 0, name: 'held', reasons: [] },
    gate: [{ line: 'scoreAtLeast', state: 'met' }],
    arms: { planned: 8, ended: 8, failed: 0 },
    halted: null,
  });
  expect(
    board?.profiles.map(({ profile, baseline, verdicts }) => [profile, baseline, verdicts.escaped]),
  ).toEqual([
    ['fits', false, 0],
    ['open', true, 1],
  ]);
  expect(stderr).toMatch(/about \d+s left/);
  expect(readFileSync(join(out, 'gameday.json'), 'utf8')).toContain(board?.suiteHash);
  expect(readFileSync(join(out, 'gameday.md'), 'utf8')).toContain('| small-deletion | escaped');
  for (const [profile, wanted] of [
    ['fits', 0],
    ['open', 1],
  ] as const) {
    const saved = readFileSync(join(out, profile, 'scorecard.json'), 'utf8');
    const scored = await brakecheck(['score', join(out, profile), '--json']);
    expect({ code: scored.code, text: scored.stdout }).toEqual({ code: wanted, text: saved });
    const verified = await brakecheck(['verify', join(out, profile)]);
    expect(verified.stdout).toContain('4 of 4 journals verified');
  }
});

test('the dry run shows what would be run and starts nothing', async () => {
  const out = join(folder, 'dry');
  const file = gameDay('dry', { seeds: { from: 3, count: 2 }, order: { by: 'shuffled' } });
  const told = await brakecheck(['gameday', file, '--dry-run', '--out', out]);
  expect(told.code).toBe(0);
  expect(told.stdout).toMatch(/seeds +3, 4\n/);
  const json = await brakecheck(['gameday', file, '--dry-run', '--json', '--out', out]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    arms: 8,
    scenarios: ['small-deletion'],
    seeds: ['3', '4'],
  });
  expect(existsSync(out)).toBe(false);
});

test('an escape that is expected does not make the exit 1, and one that no longer happens does', async () => {
  const line = { scenario: 'small-deletion', expect: 'escaped', reason: 'Known', until: '2999-12-31' };
  const known = gameDay('known', { profiles: ['./open.yaml'], expectations: [line] });
  const met = await run(known, ['--out', join(folder, 'known')]);
  expect(met.board?.expectations).toMatchObject([{ state: 'met' }]);
  expect(met.code).toBe(0);
  expect(met.stderr).toContain('1 escaped (1 known)');
  const mended = gameDay('mended', { expectations: [line] });
  const fixed = await run(mended, ['--out', join(folder, 'mended')]);
  expect(fixed.board?.expectations).toMatchObject([{ state: 'fixed' }]);
  expect(fixed.code).toBe(1);
  expect(fixed.stderr).toContain('remove its expectation');
});

test('a stop file halts it with closed journals and 130; the next call goes on, keeps what had ended, and ends well', async () => {
  const out = join(folder, 'stopped');
  const stop = join(folder, 'please-stop');
  const file = gameDay('stopped', { scenarios: ['./small.yaml', './long.yaml'] });
  const first = await run(file, ['--out', out, '--workers', '1', '--stop-file', stop], {
    onStderr: soFar => {
      if (/[4-9] of 8 arms ended/.test(soFar)) writeFileSync(stop, '');
    },
  });
  expect(first.code).toBe(130);
  expect(first.board?.halted).toMatchObject({ by: 'stop-file' });
  expect(first.stderr).toContain('the same command goes on where it stopped');
  for (const name of journalsIn(out, 'fits'))
    expect(
      readFileSync(join(out, 'fits', name), 'utf8')
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toContain('"closed"');
  const kept = first.board?.arms.ended ?? 0;
  expect(kept).toBeGreaterThanOrEqual(4);
  expect(kept).toBeLessThan(8);
  const second = await run(file, ['--out', out]);
  expect(second.stderr).toContain('going on in');
  expect(second.stderr).toContain(`game day: ${kept} of 8 arms ended`);
  expect(second.board).toMatchObject({ arms: { ended: 8 }, halted: null });
  expect(second.code).toBe(second.board?.exit.code);
  expect(second.board?.exit.name).not.toBe('interrupted');
});

test.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
] as const)('$signal closes every journal and exits $code, resumable', async ({ signal, code }) => {
  const out = join(folder, signal);
  const file = gameDay(`signal-${code}`, { scenarios: ['./long.yaml'] });
  let sent = false;
  const ended = await run(file, ['--out', out], {
    onStderr: (soFar, child) => {
      if (sent || !soFar.includes('0 of 4 arms ended') || journalsIn(out, 'fits').length === 0) return;
      sent = child.kill(signal);
    },
  });
  // The first line may come before the first journal; then the arms are through before a signal is sent.
  if (sent) expect(ended.code).toBe(code);
  const again = await run(file, ['--out', out]);
  expect(again.board?.arms).toEqual({ planned: 4, ended: 4, failed: 0 });
});

test('two processes never write to one folder, and a folder of another question is refused', async () => {
  const out = join(folder, 'owned');
  const file = gameDay('owned');
  expect((await run(file, ['--out', out])).code).toBe(0);
  const lock = lockFolder(out, 'now');
  const locked = await run(file, ['--out', out]);
  lock?.release();
  expect(locked.code).toBe(4);
  expect(locked.stderr).toContain(`process ${process.pid} on `);
  gameDay('owned', { seeds: ['7'] });
  const changed = await run(file, ['--out', out]);
  expect(changed.code).toBe(3);
  expect(changed.stderr).toContain('have changed since');
  expect((await run(file, ['--out', out, '--fresh'])).code).toBe(4);
});

test('under reports, a finished game day is followed by a new one, and retention keeps so many', async () => {
  const file = gameDay('kept', { retention: { keep: 1 } });
  const options = { cwd: folder };
  for (let time = 0; time < 3; time++) expect((await run(file, [], options)).code).toBe(0);
  const folders = readdirSync(join(folder, 'reports')).filter(name => name.startsWith('kept-'));
  expect(folders).toHaveLength(1);
});

test('a game day that names what is not there is refused with its place, and an unused line too', async () => {
  const unknown = await run(gameDay('unknown', { scenarios: ['./none.yaml'] }));
  expect(unknown.code).toBe(3);
  expect(unknown.stderr).toMatch(/unknown\.yaml:\d+:\d+ {2}scenarios\[0\]/);
  const unused = await run(gameDay('unused', { weights: { other: 2 } }));
  expect(unused.code).toBe(3);
  expect(unused.stderr).toContain('weights: other');
});
