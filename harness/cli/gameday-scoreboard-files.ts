import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GAME_DAY_SCHEMA, type Scoreboard } from '../gameday/scoreboard.ts';
import { HarnessError } from '../kernel/errors.ts';
import { escapeJsonText } from '../report/safe-text.ts';
import { renderGameDayMarkdown } from './gameday-markdown.ts';
import { writeRunFile } from './run-directory.ts';

const FILE = 'gameday.json';

export function writeScoreboard(directory: string, scoreboard: Scoreboard): void {
  writeRunFile(directory, FILE, renderScoreboard(scoreboard));
  writeRunFile(directory, 'gameday.md', renderGameDayMarkdown(scoreboard));
}

/** The scoreboard as text: what `--json` prints and `gameday.json` holds. */
export function renderScoreboard(scoreboard: Scoreboard): string {
  return `${escapeJsonText(JSON.stringify(scoreboard, null, 2))}\n`;
}

/** Throws a `file` error for a folder without a scoreboard, or with one of another version. */
export function readScoreboard(directory: string): Scoreboard {
  let found: unknown;
  try {
    const value = JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as Scoreboard;
    if (value.schema === GAME_DAY_SCHEMA) return value;
    found = value.schema;
  } catch (error) {
    throw new HarnessError('file', {
      message: `could not read the game day in ${directory}: it has no ${FILE} that can be read`,
      hint: 'Name the folder of a game day, as `brakecheck gameday` printed it at its end.',
      cause: error,
    });
  }
  throw new HarnessError('file', {
    message: `could not read ${join(directory, FILE)}: it is of format ${String(found)}, and this version reads ${GAME_DAY_SCHEMA}`,
    hint: 'Run the game day again in that folder with this version.',
  });
}
