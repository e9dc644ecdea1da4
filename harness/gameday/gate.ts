import type { GameDay } from '../scenario/game-day-schema.ts';
import { type Selectable, selects } from '../scenario/selector.ts';
import type { Score } from '../score/formula.ts';
import type { Friction } from '../score/friction.ts';
import type { ScenarioScore } from '../score/scorecard.ts';

export interface GateResult {
  readonly profile: string;
  /** Null for a line about the whole profile. */
  readonly scenario: string | null;
  /** The file's key: `scoreAtLeast`, `friction.waitedP95AtMost`. */
  readonly line: string;
  /** In the file's unit, ms for durations, 0–1 for shares. */
  readonly wanted: number | readonly string[];
  readonly found: number | string | null;
  /** `not-measured` is never a pass. */
  readonly state: 'met' | 'missed' | 'not-measured';
}

export interface GateFacts {
  /** Its id. */
  readonly profile: string;
  /** What the file calls the profile: its id, or a path. */
  readonly use: string;
  /** What selectors choose a scenario by. */
  readonly selectableOf: (id: string) => Selectable;
  readonly score: Score;
  readonly friction: Friction;
  readonly scenarios: readonly Pick<
    ScenarioScore,
    'id' | 'containmentRatio' | 'budgetShare' | 'stage' | 'budget'
  >[];
}

type Line = Omit<GateResult, 'state' | 'profile'>;

/** Every line of the gate that concerns this profile, judged. */
export function judgeGate(gate: GameDay['gate'], facts: GateFacts): GateResult[] {
  const lines = [
    ...wholeLines(gate, facts),
    ...gate.perScenario
      .filter(({ profile }) => profile === undefined || profile === facts.use)
      .flatMap(line =>
        facts.scenarios
          .filter(({ id }) => selects(line.scenario, facts.selectableOf(id)))
          .flatMap(scenario => scenarioLines(line, scenario)),
      ),
  ];
  return lines.map(line => ({ profile: facts.profile, ...line, state: stateOf(line) }));
}

function wholeLines(gate: GameDay['gate'], { score, friction }: GateFacts): Line[] {
  const { friction: limits } = gate;
  return present([
    ['scoreAtLeast', gate.scoreAtLeast, score.value],
    ['containmentAtLeast', gate.containmentAtLeast, score.containment],
    ['friction.letThroughAtLeast', limits.letThroughAtLeast, score.letThrough],
    ['friction.waitedP95AtMost', limits.waitedP95AtMost, friction.waitedMsP95],
    [
      'friction.reviewerMinutesPer100AtMost',
      limits.reviewerMinutesPer100AtMost,
      friction.reviewerMinutesPer100,
    ],
    ['friction.approvalsPer100AtMost', limits.approvalsPer100AtMost, friction.approvalsPer100],
    ['friction.falsePagesAtMost', limits.falsePagesAtMost, friction.falsePages],
  ]).map(line => ({ scenario: null, ...line }));
}

function scenarioLines(
  wanted: GameDay['gate']['perScenario'][number],
  scenario: GateFacts['scenarios'][number],
): Line[] {
  const { id, containmentRatio, stage } = scenario;
  return present([
    ['containmentAtLeast', wanted.containmentAtLeast, containmentRatio],
    ['budgetShareAtMost', wanted.budgetShareAtMost, budgetUsed(scenario)],
    ['stage', wanted.stage, stage],
  ]).map(line => ({ scenario: id, ...line }));
}

/** A line of zero that was overdrawn has no share, and is over any limit. */
function budgetUsed({ budgetShare, budget }: GateFacts['scenarios'][number]): number | string | null {
  if (budgetShare !== null) return budgetShare;
  return budget.some(({ share }) => share === null) ? 'over a line of zero' : null;
}

type Written = readonly [string, GateResult['wanted'] | undefined, GateResult['found']];

function present(lines: readonly Written[]): Omit<Line, 'scenario'>[] {
  return lines.flatMap(([line, wanted, found]) => (wanted === undefined ? [] : [{ line, wanted, found }]));
}

function stateOf({ line, wanted, found }: Line): GateResult['state'] {
  if (found === null) return 'not-measured';
  if (typeof wanted !== 'number') return wanted.includes(String(found)) ? 'met' : 'missed';
  const isMet = line.endsWith('AtMost') ? Number(found) <= wanted : Number(found) >= wanted;
  return isMet ? 'met' : 'missed';
}
