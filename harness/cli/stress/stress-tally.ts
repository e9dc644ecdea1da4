import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { countAnswers } from './count-answers.ts';
import { holdersOf, judgeArm } from './judge-arm.ts';
import { judgeBenign } from './judge-benign.ts';
import type { BenignKind, MistakeKind, RanStressArm, StressRequest } from './run-stress.ts';
import type {
  AnswerCounts,
  ArmVerdict,
  BenignEnd,
  StressCell,
  StressedBenign,
  StressedGuardrail,
  StressedLayer,
  StressedScenario,
  StressOutcome,
} from './stress-card.ts';

/** What the arms of a stress run showed, while they come in; the order in which they do makes no difference. */
export interface StressTally {
  /**
   * Takes one arm, and says whether its journal is evidence of a failure: the mistake escaped, or its twin was blocked or
   * late. `journal`: the file that it will have then.
   */
  add(ran: RanStressArm, journal: string): boolean;
  guardrails(): readonly StressedGuardrail[];
  scenarios(): readonly StressedScenario[];
}

type RawCell = Omit<StressCell, 'outcome' | 'benign'>;

interface RawScenario {
  well?: ArmVerdict;
  benignWell?: BenignEnd;
  readonly without: Map<string, ArmVerdict>;
  readonly cells: Map<string, RawCell>;
  readonly benign: Map<string, StressedBenign>;
}

/** `entries`: the profile's guardrails that are made to fail. */
export function createStressTally(
  { scenarios, faults, placeOf }: Pick<StressRequest, 'scenarios' | 'faults' | 'placeOf'>,
  entries: readonly GuardrailEntry[],
): StressTally {
  const found = new Map<string, RawScenario>();
  const failing = new Map<string, string>();
  const rawOf = (scenario: string) => {
    const raw = found.get(scenario) ?? { without: new Map(), cells: new Map(), benign: new Map() };
    found.set(scenario, raw);
    return raw;
  };
  return {
    add: (ran, journal) => {
      const raw = rawOf(ran.scenario);
      if (ran.kind.of === 'well' || ran.kind.of === 'benign-well') noteFailing(ran, entries, failing);
      const { kind } = ran;
      return kind.of === 'benign-well' || kind.of === 'benign-fault'
        ? addBenign(raw, kind, { ...ran, journal })
        : addMistake(raw, kind, { ...ran, journal, placeOf });
    },
    guardrails: () =>
      entries.map(({ id, use, onFailure }) => ({
        id,
        use,
        onFailure,
        places: Object.fromEntries(faults.map(fault => [fault, placeOf(id, fault)])),
        failsOpenWhen: faults.filter(fault => letsThrough([...found.values()], cellKey(id, fault))),
        stopsWorkWhen: faults.filter(fault => stopsWork([...found.values()], cellKey(id, fault))),
        failsAnyway: failing.get(id) ?? null,
      })),
    scenarios: () =>
      scenarios.flatMap(({ value: { metadata } }) => {
        const raw = found.get(metadata.id);
        if (raw?.well === undefined || raw.benignWell === undefined) return [];
        const { well, benignWell: benign } = raw;
        const layers = entries.flatMap(({ id }) => layerOf(id, { ...raw, well }, faults) ?? []);
        return [{ id: metadata.id, title: metadata.title, well, benign, layers }];
      }),
  };
}

type Told = Omit<RanStressArm, 'kind'> & { readonly journal: string };

function addBenign(raw: RawScenario, kind: BenignKind, { scenario, finished, journal }: Told): boolean {
  const end = judgeBenign(finished, scenario);
  if (kind.of === 'benign-well') {
    raw.benignWell = end;
    return false;
  }
  const isStopped = STOPPED.has(end.outcome);
  const told = { ...end, ranWith: kind.fault, journal: isStopped ? journal : null };
  for (const fault of kind.alike) raw.benign.set(cellKey(kind.guardrail, fault), told);
  return isStopped;
}

const STOPPED: ReadonlySet<BenignEnd['outcome']> = new Set(['blocked', 'late']);

function addMistake(
  raw: RawScenario,
  kind: MistakeKind,
  { finished, controls, journal, placeOf }: Told & Pick<StressRequest, 'placeOf'>,
): boolean {
  const verdict = judgeArm(finished, controls);
  if (kind.of === 'well') raw.well = verdict;
  if (kind.of === 'without') raw.without.set(kind.guardrail, verdict);
  if (kind.of !== 'fault') return false;
  const { guardrail, fault } = kind;
  const isEscape = verdict.verdict === 'escaped';
  raw.cells.set(cellKey(guardrail, fault), {
    fault,
    place: placeOf(guardrail, fault),
    ...verdict,
    answers: countAnswers(finished.exchanges, guardrail, fault),
    heldBy: holdersOf(finished).filter(id => id !== guardrail),
    journal: isEscape ? journal : null,
  });
  return isEscape;
}

function letsThrough(scenarios: readonly RawScenario[], cell: string): boolean {
  return scenarios.some(({ cells }) => (cells.get(cell)?.answers.letThrough ?? 0) > 0);
}

function stopsWork(scenarios: readonly RawScenario[], cell: string): boolean {
  return scenarios.some(({ benign }) => STOPPED.has(benign.get(cell)?.outcome ?? 'allowed'));
}

function cellKey(guardrail: string, fault: StressFault): string {
  return JSON.stringify([guardrail, fault]);
}

/** Whoever fails while nothing was made to fail cannot be shown to do so under stress. */
function noteFailing(
  { finished }: RanStressArm,
  entries: readonly GuardrailEntry[],
  failing: Map<string, string>,
): void {
  for (const { id } of entries) {
    // A policy that rules nothing on some actions is no failure.
    const error = finished.exchanges.find(
      ({ guardrail, answer }) => guardrail === id && answer.effect === 'error',
    );
    if (error !== undefined && !failing.has(id)) failing.set(id, error.answer.reason);
  }
}

/** Null where the arm without it is missing: the run was interrupted. */
function layerOf(
  guardrail: string,
  { well, without, cells, benign }: RawScenario & { readonly well: ArmVerdict },
  faults: readonly StressFault[],
): StressedLayer | null {
  const withoutIt = without.get(guardrail);
  if (withoutIt === undefined) return null;
  const own = faults.flatMap(fault => {
    const cell = cells.get(cellKey(guardrail, fault));
    if (cell === undefined) return [];
    const twin = benign.get(cellKey(guardrail, fault)) ?? null;
    return [{ ...cell, outcome: outcomeOf(cell, withoutIt), benign: twin }];
  });
  return {
    guardrail,
    withoutIt,
    isSinglePoint: well.verdict === 'contained' && withoutIt.verdict === 'escaped',
    escapesWhen: own.filter(({ verdict }) => verdict === 'escaped').map(({ fault }) => fault),
    stopsWorkWhen: own
      .filter(cell => STOPPED.has(cell.benign?.outcome ?? 'allowed'))
      .map(({ fault }) => fault),
    cells: own,
  };
}

function outcomeOf(
  cell: ArmVerdict & { readonly answers: AnswerCounts },
  withoutIt: ArmVerdict,
): StressOutcome {
  if (cell.verdict !== 'contained') return cell.verdict;
  if (withoutIt.verdict === 'contained') return cell.answers.asked === 0 ? 'not-asked' : 'held-by-others';
  if (cell.answers.refused > 0) return 'held-by-failing-closed';
  return cell.answers.asked === 0 ? 'not-asked' : 'held-itself';
}
