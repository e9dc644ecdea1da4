import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { openRun } from '../review/open-run.ts';
import type { ReviewSource } from '../tui/review-source.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { renderGameDayTerminal } from './gameday-terminal.ts';
import { runReader } from './review-files.ts';
import { listEntries } from './review-list.ts';

/**
 * The folders of runs as the screens read them. `isLive`: a run that goes on is never scored half-way, and its folder may
 * not be there yet.
 */
export function reviewSource(given: {
  readonly reports: string;
  readonly cwd: string;
  readonly isLive?: boolean;
}): ReviewSource {
  const { reports, cwd, isLive = false } = given;
  return {
    list: () => listEntries(reports, cwd),
    openRun: directory => {
      if (isLive && !existsSync(join(resolve(cwd, directory), 'manifest.json'))) return null;
      const reader = runReader(directory, cwd);
      return openRun(isLive ? { ...reader, rescore: null } : reader);
    },
    gameDayPage: directory => {
      const path = resolve(cwd, directory);
      const text = renderGameDayTerminal(
        readScoreboard(path),
        (_tone, words) => words,
        relative(cwd, path) || '.',
      );
      return text.trimEnd().split('\n');
    },
  };
}
