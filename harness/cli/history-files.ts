import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { FoundResult } from '../gameday/history/build-history.ts';
import type { Skipped } from '../gameday/history/history.ts';
import { isStoredCard } from '../gameday/history/stored-card.ts';
import { isScoreboard } from '../gameday/history/stored-scoreboard.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { manifestIn } from '../review/run-facts.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { GAME_DAY_MANIFEST, readGameDayManifest } from './gameday-manifest.ts';

/** What a folder of results tells; journals are not opened. */
export interface HistoryFiles {
  readonly found: readonly FoundResult[];
  readonly skipped: readonly Skipped[];
  readonly older: number;
}

export interface HistoryRequest {
  /** Only game days of this id; null: all, and single runs. */
  readonly gameDay: string | null;
  /** The newest so many. */
  readonly limit: number;
}

const MOST_FOLDERS = 5_000;
const MOST_PROFILES = 50;
/** A scorecard or scoreboard is some hundred kilobytes; something far larger is neither. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Where `run --against` puts the second profile. */
const AGAINST = 'against';

/** Throws a `usage` error where there is no such folder. A folder in it that cannot be read is skipped with its reason. */
export function readHistory(folder: string, cwd: string, { gameDay, limit }: HistoryRequest): HistoryFiles {
  const names = foldersIn(resolve(cwd, folder), folder);
  const skipped: Skipped[] = [];
  const all: Candidate[] = [];
  for (const name of names.slice(-MOST_FOLDERS)) {
    const path = join(resolve(cwd, folder), name);
    const directory = relative(cwd, path) || '.';
    const candidate = candidateOf(path, directory);
    if (candidate === null)
      skipped.push({ directory, because: 'it is neither a game day nor a run: it has no manifest' });
    else if (gameDay === null || candidate.gameDay === gameDay) all.push(candidate);
  }
  const newestFirst = all.toSorted(
    (a, b) => byText(b.startedAt, a.startedAt) || byText(b.directory, a.directory),
  );
  const found = newestFirst.slice(0, limit).flatMap(candidate => {
    try {
      return candidate.gameDay === null ? runsOf(candidate, cwd) : [gameDayOf(candidate)];
    } catch (error) {
      skipped.push({ directory: candidate.directory, because: messageOf(error) });
      return [];
    }
  });
  const older = Math.max(0, newestFirst.length - limit) + Math.max(0, names.length - MOST_FOLDERS);
  return { found, skipped, older };
}

interface Candidate {
  readonly path: string;
  readonly directory: string;
  readonly startedAt: string;
  /** Null: a run. */
  readonly gameDay: string | null;
  readonly isFinished: boolean;
}

function candidateOf(path: string, directory: string): Candidate | null {
  if (isFile(join(path, GAME_DAY_MANIFEST))) {
    const manifest = readGameDayManifest(path);
    const gameDay = typeof manifest?.gameDay === 'string' ? manifest.gameDay : '';
    const startedAt = typeof manifest?.startedAt === 'string' ? manifest.startedAt : '';
    return { path, directory, startedAt, gameDay, isFinished: typeof manifest?.finishedAt === 'string' };
  }
  if (!isFile(join(path, 'manifest.json'))) return null;
  const { startedAt } = manifestIn(textOf(join(path, 'manifest.json')));
  return { path, directory, startedAt, gameDay: null, isFinished: true };
}

function gameDayOf({ path, directory, startedAt, isFinished }: Candidate): FoundResult {
  if (!isFinished) throw new Error('the game day is not finished');
  const board = documentIn(join(path, 'gameday.json'));
  if (!isScoreboard(board)) throw new Error('gameday.json is none that this version reads');
  const cards = new Map<string, Scorecard>();
  for (const { run } of board.profiles.slice(0, MOST_PROFILES)) {
    // The name comes from a file that anybody may have written, and must not lead out of the game day's folder.
    if (basename(run) !== run || run === '..' || run === '.') continue;
    const card = cardIn(join(path, run));
    if (card !== null) cards.set(run, card);
  }
  return { kind: 'game-day', directory, startedAt, board, cards };
}

function runsOf({ path, directory, startedAt }: Candidate, cwd: string): FoundResult[] {
  const card = documentIn(join(path, 'scorecard.json'));
  if (!isStoredCard(card)) throw new Error('scorecard.json is none that this version reads');
  const other = cardIn(join(path, AGAINST));
  return [
    { kind: 'run', directory, startedAt, card },
    ...(other === null
      ? []
      : [{ kind: 'run', directory: relative(cwd, join(path, AGAINST)), startedAt, card: other } as const]),
  ];
}

function cardIn(path: string): Scorecard | null {
  try {
    const card = documentIn(join(path, 'scorecard.json'));
    return isStoredCard(card) ? card : null;
  } catch {
    return null;
  }
}

/** Throws an error in plain words. */
function documentIn(path: string): unknown {
  const name = basename(path);
  const text = textOf(path);
  if (text === null) throw new Error(`it has no ${name}, or one that is too large to be one`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON`);
  }
}

function textOf(path: string): string | null {
  try {
    return statSync(path).size > MOST_BYTES ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function foldersIn(path: string, folder: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new HarnessError('usage', {
      message: `could not look through ${folder}: ${messageOf(error)}`,
      hint: 'Name the folder that holds the results; without one, history looks through reports/.',
      cause: error,
    });
  }
}

/** Code-unit order, which ISO dates sort well by. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
