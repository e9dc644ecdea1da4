import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Scoreboard } from '../gameday/scoreboard.ts';
import { HarnessError } from '../kernel/errors.ts';
import { safeText } from '../report/safe-text.ts';
import { type RunEntry, runList } from '../review/run-list.ts';
import type { GameDayEntry, ListEntry } from '../tui/list-entry.ts';
import { GAME_DAY_MANIFEST, readGameDayManifest } from './gameday-manifest.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { findRuns } from './review-files.ts';

/** All runs and game days below a folder, the newest first; the runs of a game day stand below it. */
export function listEntries(reports: string, cwd: string): ListEntry[] {
  const runs = runList(findRuns(reports, cwd));
  const days = gameDays(reports, cwd);
  const partsOf = new Map(days.map(({ directory }) => [directory, [] as RunEntry[]] as const));
  const single: RunEntry[] = [];
  for (const run of runs) {
    const day = days.find(({ directory }) => run.directory.startsWith(`${directory}/`));
    (partsOf.get(day?.directory ?? '') ?? single).push(run);
  }
  const blocks: { readonly startedAt: string; readonly rows: readonly ListEntry[] }[] = [
    ...single.map(run => ({
      startedAt: run.startedAt,
      rows: [{ kind: 'run', run, isPart: false } as const],
    })),
    ...days.map(gameDay => ({
      startedAt: gameDay.startedAt,
      rows: [
        { kind: 'game-day', gameDay } as const,
        ...(partsOf.get(gameDay.directory) ?? []).map(run => ({ kind: 'run', run, isPart: true }) as const),
      ],
    })),
  ];
  return blocks
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
    .flatMap(({ rows }) => rows);
}

const MOST_GAME_DAYS = 500;

function gameDays(reports: string, cwd: string): GameDayEntry[] {
  const folder = resolve(cwd, reports);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(folder, entry.name, GAME_DAY_MANIFEST)))
    .map(({ name }) => join(folder, name))
    .toSorted()
    .slice(-MOST_GAME_DAYS)
    .flatMap(path => told(path));
  const oldestFirst = found.toSorted((a, b) =>
    a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0,
  );
  return oldestFirst.map(({ path, startedAt, name, board }, index) => {
    const earlier = oldestFirst
      .slice(0, index)
      .findLast(other => other.name === name && other.board?.suiteHash === board?.suiteHash);
    const { contained = 0, escaped = 0, inconclusive = 0 } = board?.verdicts ?? {};
    return {
      directory: safeText(relative(cwd, path) || '.', 4_096),
      name: safeText(name, 64),
      startedAt: safeText(startedAt, 32),
      state: board === null ? 'unfinished' : 'finished',
      ...{ contained, escaped, inconclusive },
      score: board?.score.value ?? null,
      trend: trendOf(board?.score.value ?? null, earlier?.board?.score.value ?? null),
    };
  });
}

interface ToldGameDay {
  readonly path: string;
  readonly name: string;
  readonly startedAt: string;
  readonly board: Scoreboard | null;
}

function told(path: string): ToldGameDay[] {
  const manifest = readGameDayManifest(path);
  if (manifest === null) return [];
  const { gameDay, startedAt } = manifest;
  try {
    return [{ path, name: gameDay, startedAt, board: readScoreboard(path) }];
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return [{ path, name: gameDay, startedAt, board: null }];
  }
}

function trendOf(now: number | null, before: number | null): RunEntry['trend'] {
  if (now === null || before === null) return null;
  return now === before ? 'same' : now > before ? 'better' : 'worse';
}
