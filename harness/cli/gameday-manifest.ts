import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRunFile } from './run-directory.ts';

const GAME_DAY_MANIFEST_SCHEMA = 'brakecheck/gameday-manifest/v1';
export const GAME_DAY_MANIFEST = 'gameday-manifest.json';

/** What differs from machine to machine, and what a later sitting must know. */
export interface GameDayManifest {
  readonly schema: typeof GAME_DAY_MANIFEST_SCHEMA;
  readonly gameDay: string;
  readonly runId: string;
  readonly tool: string;
  /** Of everything that decides on the results; only an equal one is resumed. */
  readonly fingerprint: string;
  readonly file: string;
  readonly startedAt: string;
  /** Null while something is left to do. */
  readonly finishedAt: string | null;
  /** How it ended; null before its end. */
  readonly exit: { readonly code: number; readonly name: string } | null;
  readonly command: readonly string[];
  /** How often it was begun or resumed. */
  readonly sittings: number;
  readonly host: { readonly node: string; readonly platform: string };
}

export function newGameDayManifest(
  own: Pick<GameDayManifest, 'gameDay' | 'runId' | 'tool' | 'fingerprint' | 'file' | 'startedAt'>,
): GameDayManifest {
  return {
    schema: GAME_DAY_MANIFEST_SCHEMA,
    ...own,
    finishedAt: null,
    exit: null,
    command: process.argv.slice(2),
    sittings: 0,
    host: { node: process.versions.node, platform: process.platform },
  };
}

export function writeGameDayManifest(directory: string, manifest: GameDayManifest): void {
  writeRunFile(directory, GAME_DAY_MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Null when the folder is none of a game day, or of another version. */
export function readGameDayManifest(directory: string): GameDayManifest | null {
  try {
    const value = JSON.parse(readFileSync(join(directory, GAME_DAY_MANIFEST), 'utf8')) as GameDayManifest;
    return value.schema === GAME_DAY_MANIFEST_SCHEMA ? value : null;
  } catch {
    return null;
  }
}
