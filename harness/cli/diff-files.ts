import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { DiffPart, DiffSide } from '../gameday/history/diff.ts';
import { questionsOf } from '../gameday/history/questions.ts';
import type { ProfileResult, Scoreboard } from '../gameday/scoreboard.ts';
import { HarnessError } from '../kernel/errors.ts';
import { openRun } from '../review/open-run.ts';
import type { RunStory } from '../review/run-story.ts';
import { GAME_DAY_MANIFEST } from './gameday-manifest.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { runReader } from './review-files.ts';

/** Where `run --against` puts the second profile. */
const AGAINST = 'against';
/** Lines of each arm that are taken in at a time. */
const LINES = 65_536;

/** Reads a run or a game day for `diff`. Throws a `usage` error where there is neither. */
export function readDiffSide(directory: string, cwd: string): DiffSide {
  const path = resolve(cwd, directory);
  if (existsSync(join(path, GAME_DAY_MANIFEST)) || existsSync(join(path, 'gameday.json')))
    return gameDaySide(directory, path);
  const other = existsSync(join(path, AGAINST, 'scorecard.json')) ? [join(directory, AGAINST)] : [];
  const parts = [directory, ...other].map((folder): DiffPart => {
    const story = wholeStory(folder, cwd);
    const { profile } = story.facts;
    return { profile, profileDigest: digestIn(story), baseline: false, story, questions: new Map() };
  });
  const runId = parts[0]?.story.facts.runId ?? basename(path);
  return { directory, kind: 'run', runId, board: null, parts };
}

function gameDaySide(directory: string, path: string): DiffSide {
  const board = readScoreboard(path);
  return {
    directory,
    kind: 'game-day',
    runId: board.runId,
    board,
    parts: board.profiles.map(profile => partOf(profile, board, { directory, path })),
  };
}

function partOf(
  profile: ProfileResult,
  board: Scoreboard,
  { directory, path }: { readonly directory: string; readonly path: string },
): DiffPart {
  const { run } = profile;
  // The name comes from a file that anybody may have written, and must not lead out of the game day's folder.
  if (basename(run) !== run || run === '..' || run === '.') {
    throw new HarnessError('file', {
      message: `could not compare ${directory}: its gameday.json names the folder ${JSON.stringify(run)}, which is not one of its own`,
      hint: 'Run the game day again, or repair the file.',
    });
  }
  return {
    profile: profile.profile,
    profileDigest: profile.profileDigest,
    baseline: profile.baseline,
    story: wholeStory(join(path, run), path),
    questions: questionsOf(profile, board),
  };
}

function digestIn({ scenarios }: RunStory): string | null {
  for (const { arms } of scenarios) {
    const digest = arms.guarded?.identity?.profile.digest ?? arms.benign?.identity?.profile.digest;
    if (digest !== undefined) return digest;
  }
  return null;
}

/** The story of a run with every line taken in. */
function wholeStory(directory: string, cwd: string): RunStory {
  const run = openRun(runReader(directory, cwd));
  try {
    while (run.step(LINES)) {
      // bounded by the journals' lines
    }
    return run.story;
  } finally {
    run.close();
  }
}
