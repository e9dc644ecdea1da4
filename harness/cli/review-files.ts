import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileSource } from '../journal/file-source.ts';
import { HarnessError } from '../kernel/errors.ts';
import type { RunReader } from '../review/open-run.ts';
import { manifestIn } from '../review/run-facts.ts';
import type { FoundRun } from '../review/run-list.ts';
import { readCard } from '../review/stored-card.ts';
import { readManifest, scoreDirectory } from './suite-files.ts';

/** Runs within runs (`against/`, the runs of a game day) are looked for so many folders deep. */
const MOST_DEPTH = 3;
const MOST_RUNS = 2_000;

/** A run's folder for a review. Throws a `usage` error when there is no run in it. */
export function runReader(directory: string, cwd: string): RunReader {
  const path = resolve(cwd, directory);
  const reader: RunReader = {
    directory,
    readText: name => readTextOf(join(path, name)),
    openBytes: name => (existsSync(join(path, name)) ? fileSource(join(path, name)) : null),
    journalNames: () => namesIn(path).filter(name => name.endsWith('.jsonl')),
    rescore: existsSync(join(path, 'manifest.json'))
      ? () => scoreDirectory(path, readManifest(path), { interruption: null })
      : null,
  };
  if (reader.readText('manifest.json') !== null || reader.journalNames().length > 0) return reader;
  throw new HarnessError('usage', {
    message: `could not find a run in ${directory}: it has neither a manifest.json nor a journal`,
    hint: 'Name the folder of a run, as `brakecheck run` printed it at its end; without a folder, review lists all runs.',
  });
}

/** All runs below a folder, in no order. */
export function findRuns(folder: string, cwd: string): FoundRun[] {
  const found: FoundRun[] = [];
  collect(resolve(cwd, folder), MOST_DEPTH, path => {
    if (found.length < MOST_RUNS) found.push(foundRun(path, relative(cwd, path) || '.'));
  });
  return found;
}

function collect(path: string, depth: number, onRun: (path: string) => void): void {
  if (existsSync(join(path, 'manifest.json'))) onRun(path);
  if (depth === 0) return;
  for (const name of namesIn(path, 'folders')) collect(join(path, name), depth - 1, onRun);
}

function foundRun(path: string, directory: string): FoundRun {
  const manifest = manifestIn(readTextOf(join(path, 'manifest.json')));
  const { card } = readCard({ directory, readText: name => readTextOf(join(path, name)), rescore: null });
  const { runId, startedAt, profile } = manifest;
  return { directory, runId, startedAt, profile: profile || card?.profile || 'unknown', card };
}

function namesIn(path: string, what: 'files' | 'folders' = 'files'): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(entry => (what === 'files' ? entry.isFile() : entry.isDirectory()))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function readTextOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
