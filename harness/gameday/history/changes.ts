import { whyNotAlike } from '../../review/comparability.ts';
import { issueChanges } from '../../review/issues.ts';
import { isHolding, type Role } from '../../review/roles.ts';
import type { HistoryPoint, HistoryScenario } from './point.ts';

/**
 * `drifted`: a guardrail that held, or was necessary, no longer does; `recovered`: it does again. `taken-out`: one that
 * held is no longer in the profile.
 */
export interface Change {
  readonly kind: 'discovered' | 'fixed' | 'drifted' | 'recovered' | 'taken-out';
  readonly scenario: string;
  /** In a sentence. */
  readonly what: string;
  /** Null for an issue. */
  readonly guardrail: string | null;
  /** Folder and time where it was seen, and those of what it was compared with. */
  readonly at: Place;
  readonly comparedWith: Place;
  /** The profile itself was changed between the two; null: not known. */
  readonly profileChanged: boolean | null;
}

export interface Place {
  readonly directory: string;
  readonly startedAt: string;
}

export interface SeriesChanges {
  readonly changes: readonly Change[];
  readonly leftOut: readonly string[];
}

/**
 * Compares each point with the latest before it that was asked alike and proved something, scenario by scenario, so that
 * neither an inconclusive game day nor one of another stack hides a change.
 */
export function changesOf(points: readonly HistoryPoint[]): SeriesChanges {
  const changes: Change[] = [];
  const leftOut: string[] = [];
  points.forEach((point, index) => {
    for (const scenario of point.scenarios) {
      const why = index === 0 ? null : whyLeftOut(scenario, point, points[index - 1]);
      if (why !== null) leftOut.push(`${placeWords(point)}, ${scenario.id}: ${why}`);
      if (scenario.verdict === 'inconclusive') continue;
      const earlier = latestAlike(scenario, point, points.slice(0, index));
      if (earlier !== null) changes.push(...changesBetween(earlier, { point, scenario }));
    }
  });
  return { changes, leftOut };
}

/** Whether two points asked the same of one scenario; null: they did. */
export function whyScenarioNotAlike(
  [a, before]: readonly [HistoryScenario, HistoryPoint],
  [b, after]: readonly [HistoryScenario, HistoryPoint],
): string | null {
  if (before.suiteHash === after.suiteHash) return null;
  // A run alone tells only whether all was asked alike.
  if (a.question === null || b.question === null) return 'the two did not ask the same';
  return whyNotAlike(a.question, b.question);
}

interface Seen {
  readonly point: HistoryPoint;
  readonly scenario: HistoryScenario;
}

function whyLeftOut(
  scenario: HistoryScenario,
  point: HistoryPoint,
  before: HistoryPoint | undefined,
): string | null {
  const twin = before?.scenarios.find(({ id }) => id === scenario.id);
  if (before === undefined || twin === undefined) return null;
  if (scenario.verdict === 'inconclusive') return 'it is inconclusive, so that nothing is said of a change';
  return whyScenarioNotAlike([twin, before], [scenario, point]);
}

function latestAlike(
  scenario: HistoryScenario,
  point: HistoryPoint,
  earlier: readonly HistoryPoint[],
): Seen | null {
  for (const candidate of earlier.toReversed()) {
    const twin = candidate.scenarios.find(({ id }) => id === scenario.id);
    if (twin === undefined || twin.verdict === 'inconclusive') continue;
    if (whyScenarioNotAlike([twin, candidate], [scenario, point]) === null)
      return { point: candidate, scenario: twin };
  }
  return null;
}

function changesBetween(before: Seen, after: Seen): Change[] {
  const common = {
    scenario: after.scenario.id,
    at: placeOf(after.point),
    comparedWith: placeOf(before.point),
    profileChanged: profileChanged(before.point, after.point),
  };
  const { discovered, fixed } = issueChanges(before.scenario, after.scenario);
  const issue = (kind: 'discovered' | 'fixed') => (what: string) => ({
    ...{ kind, what, guardrail: null },
    ...common,
  });
  return [
    ...discovered.map(issue('discovered')),
    ...fixed.map(issue('fixed')),
    ...roleMoves(before.scenario.roles, after.scenario.roles).map(({ kind, guardrail, words }) => ({
      ...{ kind, guardrail, what: `${guardrail} in ${after.scenario.id}: ${words}` },
      ...common,
    })),
  ];
}

function roleMoves(before: readonly Role[], after: readonly Role[]) {
  // A scorecard that is missing tells of no guardrail; that is no change.
  if (before.length === 0 || after.length === 0) return [];
  const moves: { kind: Change['kind']; guardrail: string; words: string }[] = [];
  for (const old of before) {
    const now = after.find(({ guardrail }) => guardrail === old.guardrail);
    const was = isHolding(old);
    if (now === undefined) {
      if (was)
        moves.push({ kind: 'taken-out', guardrail: old.guardrail, words: `${roleWords(old)}, and is gone` });
      continue;
    }
    if (was === isHolding(now)) continue;
    const words = `${roleWords(old)} → ${roleWords(now)}`;
    moves.push({ kind: was ? 'drifted' : 'recovered', guardrail: old.guardrail, words });
  }
  return moves;
}

function roleWords({ outcome, necessary }: Role): string {
  return necessary === true ? `${outcome}, necessary` : outcome;
}

function profileChanged(before: HistoryPoint, after: HistoryPoint): boolean | null {
  if (before.profileDigest === null || after.profileDigest === null) return null;
  return before.profileDigest !== after.profileDigest;
}

function placeOf({ directory, startedAt }: HistoryPoint): Place {
  return { directory, startedAt };
}

function placeWords({ directory }: HistoryPoint): string {
  return directory;
}
