import { byText } from './place.ts';
import type { ArmScore, ScenarioScore, Scorecard } from './scorecard.ts';

/** One figure of two runs of the same scenario, profile and seed on two stacks. */
export interface TwinRow {
  /** `unguarded: outage, view-costs in cn-north-1 (ms)`. */
  readonly what: string;
  readonly first: string | number;
  readonly second: string | number;
  /** How far the two may be apart, in words; null where they must be equal. */
  readonly tolerance: string | null;
  readonly agree: boolean;
}

export interface TwinScenario {
  readonly id: string;
  readonly rows: readonly TwinRow[];
  readonly agree: boolean;
}

export interface TwinComparison {
  readonly stacks: readonly [string, string];
  readonly scenarios: readonly TwinScenario[];
  readonly agree: boolean;
}

/** Two figures agree when they are no further apart than this share of the larger one, or than the slack. */
interface Tolerance {
  readonly share: number;
  readonly slack: number;
}

// A journey that few come for places the edges of its outage only as finely as its visitors come, and shoppers who meet a
// change while it happens differ from stack to stack.
const TIME: Tolerance = { share: 0.25, slack: 600_000 };
const COUNT: Tolerance = { share: 0.1, slack: 10 };
/** Few come for these, so a sample holds few of them. */
const RARE: Tolerance = { share: 0.3, slack: 10 };
const MONEY: Tolerance = { share: 0.1, slack: 60_000 };
const EXACT: Tolerance = { share: 0, slack: 0 };

const FIGURES: readonly (readonly [name: keyof NonNullable<ArmScore['harm']>, tolerance: Tolerance])[] = [
  ['failedJourneys', COUNT],
  ['ordersLost', COUNT],
  ['revenueLostCents', MONEY],
  ['mispricedOrders', COUNT],
  ['mischargedCents', MONEY],
  ['wrongPromises', RARE],
  ['offPolicyAnswers', RARE],
  ['rowsLost', EXACT],
  ['rowsLostWorst', EXACT],
  ['rowsCorrupted', EXACT],
  ['rowsCorruptedWorst', EXACT],
  ['cellsDestroyed', EXACT],
  ['backupsDestroyed', EXACT],
  ['forbiddenEffects', EXACT],
  ['computeTaken', EXACT],
];

/**
 * Compares two scorecards of the same question on two stacks, or of one stack run twice. Verdict, stage, severity, harmed
 * cells and outcomes must be equal; quantities agree within a tolerance that each row names.
 */
export function compareTwins(first: Scorecard, second: Scorecard): TwinComparison {
  const ids = [...new Set([...first.scenarios, ...second.scenarios].map(({ id }) => id))].sort(byText);
  const scenarios = ids.map(id => compareScenario(id, find(first, id), find(second, id)));
  return {
    stacks: [first.stack, second.stack],
    scenarios,
    agree: scenarios.length > 0 && scenarios.every(({ agree }) => agree),
  };
}

function find(card: Scorecard, id: string): ScenarioScore | null {
  return card.scenarios.find(scenario => scenario.id === id) ?? null;
}

function compareScenario(
  id: string,
  first: ScenarioScore | null,
  second: ScenarioScore | null,
): TwinScenario {
  const rows = [
    same('verdict', first?.verdict, second?.verdict),
    same('stage', first?.stage, second?.stage),
    same('benign', first?.arms.benign?.outcome, second?.arms.benign?.outcome),
    ...compareArm('unguarded', first?.arms.unguarded, second?.arms.unguarded),
    ...compareArm('guarded', first?.arms.guarded, second?.arms.guarded),
  ];
  return { id, rows, agree: rows.every(({ agree }) => agree) };
}

type MaybeArm = ArmScore | null | undefined;

function compareArm(name: string, first: MaybeArm, second: MaybeArm): TwinRow[] {
  const cells = (arm: MaybeArm) => {
    const harmed = arm?.harm?.cellsAffected;
    if (harmed === undefined) return 'not measured';
    return harmed.length === 0 ? 'none' : harmed.join(', ');
  };
  const places = [...outages(first).keys(), ...outages(second).keys()];
  return [
    same(`${name}: severity`, first?.severity, second?.severity),
    same(`${name}: harmed cells`, cells(first), cells(second)),
    ...[...new Set(places)]
      .sort(byText)
      .map(place =>
        near(`${name}: outage, ${place} (ms)`, TIME, [
          outages(first).get(place) ?? 0,
          outages(second).get(place) ?? 0,
        ]),
      ),
    ...FIGURES.map(([figure, tolerance]) =>
      near(`${name}: ${figure}`, tolerance, [
        Number(first?.harm?.[figure] ?? 0),
        Number(second?.harm?.[figure] ?? 0),
      ]),
    ).filter(row => row.first !== 0 || row.second !== 0),
  ];
}

function outages(arm: MaybeArm): ReadonlyMap<string, number> {
  return new Map(
    arm?.harm?.outages.map(({ journey, region, durationMs }) => [`${journey} in ${region}`, durationMs]),
  );
}

function same(what: string, first: string | number | null | undefined, second: typeof first): TwinRow {
  return {
    what,
    first: first ?? 'none',
    second: second ?? 'none',
    tolerance: null,
    agree: (first ?? 'none') === (second ?? 'none'),
  };
}

function near(
  what: string,
  { share, slack }: Tolerance,
  [first, second]: readonly [number, number],
): TwinRow {
  const apart = Math.abs(first - second);
  const agree = apart <= Math.max(slack, share * Math.max(first, second));
  const tolerance = share === 0 && slack === 0 ? null : `${share * 100} %, or ${slack}`;
  return { what, first, second, tolerance, agree };
}
