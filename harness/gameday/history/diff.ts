import { safeText } from '../../report/safe-text.ts';
import { formatShare } from '../../report/words.ts';
import type { Questions } from '../../review/comparability.ts';
import { type CompareView, compareRuns } from '../../review/compare.ts';
import type { RunStory } from '../../review/run-story.ts';
import type { Scoreboard } from '../scoreboard.ts';
import { matchParts } from './match-parts.ts';
import { worseThings } from './worse-things.ts';

const DIFF_SCHEMA = 'brakecheck/diff/v1';

/** A run or a game day as a diff takes it: one part for each profile. */
export interface DiffSide {
  readonly directory: string;
  readonly kind: 'run' | 'game-day';
  readonly runId: string;
  /** Null for a run, and for a game day that has no scoreboard yet. */
  readonly board: Scoreboard | null;
  readonly parts: readonly DiffPart[];
}

export interface DiffPart {
  readonly profile: string;
  /** Null: not known. */
  readonly profileDigest: string | null;
  readonly baseline: boolean;
  readonly story: RunStory;
  /** What was asked, by scenario, where the journals cannot tell it; empty for a run. */
  readonly questions: Questions;
}

/** What `brakecheck diff --json` prints. Within a version fields are only added. */
export interface Diff {
  readonly schema: typeof DIFF_SCHEMA;
  readonly before: DiffedSide;
  readonly after: DiffedSide;
  /** Something of the two compares. */
  readonly isComparable: boolean;
  /** Of the whole game days; empty for runs, and where the two did not ask the same. */
  readonly figures: CompareView['figures'];
  readonly profiles: readonly ProfileDiff[];
  /** What is not compared, and why; what is left out within a profile stands there. */
  readonly leftOut: readonly string[];
  readonly discovered: readonly string[];
  readonly fixed: readonly string[];
  /** Everything that got worse under a profile that counts, in sentences; empty: nothing did. */
  readonly worse: readonly string[];
}

export interface DiffedSide {
  readonly directory: string;
  readonly kind: DiffSide['kind'];
  readonly runId: string;
}

export interface ProfileDiff extends CompareView {
  /** For comparison only: it is shown, and what got worse in it does not count. */
  readonly baseline: boolean;
  /** Null: not known. */
  readonly profileChanged: boolean | null;
}

/** What changed from one run or game day to another, profile by profile. */
export function diffOf(before: DiffSide, after: DiffSide): Diff {
  const { pairs, leftOut } = matchParts(before.parts, after.parts);
  const profiles = pairs.map(
    ([old, now]): ProfileDiff => ({
      ...compareRuns(old.story, now.story, { before: old.questions, after: now.questions }),
      baseline: old.baseline && now.baseline,
      profileChanged: isChanged(old, now),
    }),
  );
  const counted = profiles.filter(({ baseline }) => !baseline);
  const figures = boardFigures(before.board, after.board);
  const isSuiteKnown = before.board !== null && after.board !== null;
  const issues = (which: 'discovered' | 'fixed') =>
    counted.flatMap(part => part[which].map(issue => sentence(issue, part.after.profile, counted.length)));
  return {
    schema: DIFF_SCHEMA,
    before: sideOf(before),
    after: sideOf(after),
    isComparable: profiles.some(({ refusal }) => refusal === null),
    figures,
    profiles,
    leftOut: [
      ...leftOut,
      ...(isSuiteKnown && figures.length === 0
        ? [
            'score of the whole game day: the two did not ask the same (scenarios, worlds, builds, seeds, stack or weights)',
          ]
        : []),
    ],
    discovered: issues('discovered'),
    fixed: issues('fixed'),
    worse: worseThings(counted, figures),
  };
}

function isChanged(old: DiffPart, now: DiffPart): boolean | null {
  if (old.profile !== now.profile) return true;
  if (old.profileDigest === null || now.profileDigest === null) return null;
  return old.profileDigest !== now.profileDigest;
}

function sentence(issue: string, profile: string, profiles: number): string {
  return profiles > 1 ? `${issue} (${profile})` : issue;
}

function sideOf({ directory, kind, runId }: DiffSide): DiffedSide {
  return { directory: safeText(directory, 4_096), kind, runId: safeText(runId, 64) };
}

function boardFigures(a: Scoreboard | null, b: Scoreboard | null): CompareView['figures'] {
  if (a === null || b === null || a.suiteHash !== b.suiteHash) return [];
  const missed = ({ gate }: Scoreboard) => gate.filter(({ state }) => state !== 'met').length;
  const notMet = ({ expectations }: Scoreboard) =>
    expectations.filter(({ state }) => state === 'expired').length;
  return [
    numbers('Score', [a.score.value, b.score.value], 1),
    numbers('Contained', [a.verdicts.contained, b.verdicts.contained], 1),
    numbers('Gate lines that are not met', [missed(a), missed(b)], -1),
    numbers('Known gaps that have expired', [notMet(a), notMet(b)], -1),
    numbers('Lowest share let through', [lowest(a), lowest(b)], 1, formatShare),
  ];
}

/** Of the profiles that count; null where one was not measured. */
function lowest({ profiles }: Scoreboard): number | null {
  const shares = profiles.filter(({ baseline }) => !baseline).map(({ score }) => score.letThrough);
  const known = shares.filter(share => share !== null);
  return known.length === 0 || known.length < shares.length ? null : Math.min(...known);
}

function numbers(
  label: string,
  [before, after]: readonly [number | null, number | null],
  sign: 1 | -1,
  write: (value: number) => string = String,
): CompareView['figures'][number] {
  const text = (value: number | null) => (value === null ? 'not measured' : write(value));
  const gain = before === null || after === null ? 0 : (after - before) * sign;
  const change = text(before) === text(after) ? 'same' : gain > 0 ? 'better' : gain < 0 ? 'worse' : 'other';
  return { label, before: text(before), after: text(after), change };
}
