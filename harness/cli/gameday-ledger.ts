import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotedArm } from '../gameday/resume.ts';
import type { Rerun } from '../score/attribution.ts';
import { writeRunFile } from './run-directory.ts';

const LEDGER = 'ended.jsonl';

/** What has been noted so far. */
export interface Noted {
  readonly arms: readonly NotedArm[];
  /** Re-runs for attribution by run, of those that are through with them. */
  readonly reruns: ReadonlyMap<string, readonly Rerun[]>;
}

type Line =
  | ({ readonly kind: 'arm' } & NotedArm)
  | { readonly kind: 'reruns'; readonly run: string; readonly reruns: readonly Rerun[] };

/** One line for each arm whose journal is closed, and for each run whose re-runs are through. */
export interface Ledger {
  arm(arm: NotedArm): void;
  reruns(run: string, reruns: readonly Rerun[]): void;
}

/** Reads the ledger up to the last whole line; a line that a crash cut notes nothing. */
export function readLedger(directory: string): Noted {
  const arms: NotedArm[] = [];
  const reruns = new Map<string, readonly Rerun[]>();
  for (const text of linesIn(join(directory, LEDGER))) {
    const line = parse(text);
    if (line?.kind === 'arm') arms.push(line);
    if (line?.kind === 'reruns') reruns.set(line.run, line.reruns);
  }
  return { arms, reruns };
}

/** Begins the ledger of a sitting with what is kept of the ones before. */
export function openLedger(directory: string, kept: Noted): Ledger {
  const path = join(directory, LEDGER);
  const written = (line: Line) => `${JSON.stringify(line)}\n`;
  const lines = [
    ...kept.arms.map(({ run, file, digest, leftBehind }) =>
      written({ kind: 'arm', run, file, digest, leftBehind }),
    ),
    ...[...kept.reruns].map(([run, reruns]) => written({ kind: 'reruns', run, reruns })),
  ];
  writeRunFile(directory, LEDGER, lines.join(''));
  return {
    arm: arm => appendFileSync(path, written({ kind: 'arm', ...arm })),
    reruns: (run, reruns) => appendFileSync(path, written({ kind: 'reruns', run, reruns })),
  };
}

function linesIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

function parse(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}
