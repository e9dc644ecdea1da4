import { HARMS, type HarmName } from '../scenario/scenario-schema.ts';
import type { Harm } from './harm.ts';
import type { PlacedAmount } from './place.ts';
import type { ScoredBudgetLine } from './scoring-plan.ts';

/** A line of the budget and how much of it an arm used. */
export interface BudgetUse {
  readonly harm: HarmName;
  readonly journey: string | null;
  readonly region: string | null;
  /** Milliseconds for `outage`. */
  readonly atMost: number;
  readonly used: number;
  /** `used / atMost`; null when something was used of a line of zero. */
  readonly share: number | null;
  readonly because: string | null;
}

const UNLISTED = 'not in the budget';

/**
 * How much of the budget an arm used. Each place falls under the most specific line that covers it; harm that no line
 * covers falls under a line of zero. Outages in several places do not add up: the longest counts.
 */
export function budgetUse(harm: Harm, lines: readonly ScoredBudgetLine[]): BudgetUse[] {
  return HARMS.flatMap(name => {
    const candidates = lines.filter(line => line.harm === name);
    const uses = candidates.map(line => {
      const covered = harm.placed[name].filter(place => mostSpecific(candidates, place) === line);
      return use(line, sum(name, covered));
    });
    const uncovered = harm.placed[name].filter(place => mostSpecific(candidates, place) === null);
    const unlisted = sum(name, uncovered);
    return unlisted > 0 ? [...uses, use({ harm: name, atMost: 0, because: UNLISTED }, unlisted)] : uses;
  });
}

function isOver(line: BudgetUse): boolean {
  return line.used > line.atMost;
}

/** Lines that were overdrawn, in the order of harms: what customers felt comes first. */
export function overdrawn(uses: readonly BudgetUse[]): BudgetUse[] {
  return uses.filter(isOver);
}

/** The fullest line's share, 0–1 and above; null when a line of zero was overdrawn. */
export function fullestShare(uses: readonly BudgetUse[]): number | null {
  if (uses.some(line => line.share === null)) return null;
  return uses.reduce((most, line) => Math.max(most, line.share ?? 0), 0);
}

function mostSpecific(lines: readonly ScoredBudgetLine[], place: PlacedAmount): ScoredBudgetLine | null {
  let best: ScoredBudgetLine | null = null;
  for (const line of lines) {
    const covers =
      (line.journey === undefined || line.journey === place.journey) &&
      (line.region === undefined || line.region === place.region);
    if (covers && (best === null || precision(line) > precision(best))) best = line;
  }
  return best;
}

function precision(line: ScoredBudgetLine): number {
  return (line.journey === undefined ? 0 : 2) + (line.region === undefined ? 0 : 1);
}

function use(line: ScoredBudgetLine, used: number): BudgetUse {
  const share = line.atMost > 0 ? used / line.atMost : used > 0 ? null : 0;
  return {
    harm: line.harm,
    journey: line.journey ?? null,
    region: line.region ?? null,
    atMost: line.atMost,
    used,
    share,
    because: line.because,
  };
}

function sum(name: HarmName, places: readonly PlacedAmount[]): number {
  return places.reduce(
    (total, { amount }) => (name === 'outage' ? Math.max(total, amount) : total + amount),
    0,
  );
}
