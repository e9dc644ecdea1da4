import { safeText } from '../report/safe-text.ts';
import type { Scorecard } from '../score/scorecard.ts';

/** One run under `reports/`, from its manifest and scorecard. */
export interface RunEntry {
  /** Folder as the command line calls it. */
  readonly directory: string;
  readonly runId: string;
  readonly startedAt: string;
  readonly profile: string;
  /** `finished`: it has a scorecard. `unfinished`: it ended without, or goes on still. */
  readonly state: 'finished' | 'unfinished';
  readonly contained: number;
  readonly escaped: number;
  readonly inconclusive: number;
  readonly score: number | null;
  /** Against the run before it that asked the same with the same profile; null: there is none. */
  readonly trend: 'better' | 'worse' | 'same' | null;
  readonly scenarios: readonly { readonly id: string; readonly verdict: string }[];
}

/** What is read of one run's folder. */
export interface FoundRun {
  readonly directory: string;
  readonly runId: string;
  readonly startedAt: string;
  readonly profile: string;
  readonly card: Scorecard | null;
}

/** All runs, the newest first. */
export function runList(found: readonly FoundRun[]): RunEntry[] {
  const newestFirst = found.toSorted((a, b) => byText(b.startedAt, a.startedAt) || byText(b.runId, a.runId));
  return newestFirst.map((run, index) => {
    const earlier = newestFirst.slice(index + 1).find(other => isSameQuestion(run, other));
    return entryOf(run, earlier?.card ?? null);
  });
}

function entryOf(
  { directory, runId, startedAt, profile, card }: FoundRun,
  earlier: Scorecard | null,
): RunEntry {
  const of = (verdict: string) =>
    (card?.scenarios ?? []).filter(scenario => scenario.verdict === verdict).length;
  return {
    directory: safeText(directory, 4_096),
    runId: safeText(runId, 64),
    startedAt: safeText(startedAt, 32),
    profile: safeText(profile, 64),
    state: card === null ? 'unfinished' : 'finished',
    contained: of('contained'),
    escaped: of('escaped'),
    inconclusive: of('inconclusive') + (card?.neverRun.length ?? 0),
    score: card?.score.value ?? null,
    trend: card === null || earlier === null ? null : trendOf(card, earlier),
    scenarios: (card?.scenarios ?? []).map(({ id, verdict }) => ({ id: safeText(id, 64), verdict })),
  };
}

function isSameQuestion({ card, profile }: FoundRun, other: FoundRun): boolean {
  return (
    card !== null &&
    other.card !== null &&
    card.suiteHash === other.card.suiteHash &&
    profile === other.profile
  );
}

function trendOf(
  { score: { value } }: Scorecard,
  { score: { value: before } }: Scorecard,
): RunEntry['trend'] {
  if (value === null || before === null) return null;
  return value === before ? 'same' : value > before ? 'better' : 'worse';
}

/** Code-unit order, which ISO dates sort well by. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
