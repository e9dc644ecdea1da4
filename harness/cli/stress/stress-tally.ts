import { faultPlace, type StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { countAnswers } from './count-answers.ts';
import { holdersOf, judgeArm } from './judge-arm.ts';
import type { RanStressArm, StressRequest } from './run-stress.ts';
import type {
  AnswerCounts,
  ArmVerdict,
  StressCell,
  StressedGuardrail,
  StressedLayer,
  StressedScenario,
  StressOutcome,
} from './stress-card.ts';

export type Home = 'service' | 'program' | 'engine' | null;

/** What the arms of a stress run showed, while they come in; the order in which they do makes no difference. */
export interface StressTally {
  /** Takes one arm, and says what came of it. `journal`: the file that its journal will have if the mistake escaped. */
  add(ran: RanStressArm, journal: string): ArmVerdict;
  guardrails(): readonly StressedGuardrail[];
  scenarios(): readonly StressedScenario[];
}

type RawCell = Omit<StressCell, 'outcome'>;

interface RawScenario {
  readonly well: ArmVerdict;
  readonly without: Map<string, ArmVerdict>;
  readonly cells: Map<string, RawCell>;
}

/** `entries`: the profile's guardrails that are made to fail. `homeOf`: where the guardrail behind a `use` is. */
export function createStressTally(
  { scenarios, faults }: Pick<StressRequest, 'scenarios' | 'faults'>,
  entries: readonly GuardrailEntry[],
  homeOf: (use: string) => Home,
): StressTally {
  const found = new Map<string, RawScenario>();
  const failing = new Map<string, string>();
  const placeOf = (guardrail: string, fault: StressFault) =>
    faultPlace(fault, homeOf(entries.find(({ id }) => id === guardrail)?.use ?? ''));
  return {
    add: (ran, journal) => {
      const { scenario, kind, finished, controls } = ran;
      const verdict = judgeArm(finished, controls);
      if (kind.of === 'well') {
        found.set(scenario, { well: verdict, without: new Map(), cells: new Map() });
        noteFailing(ran, entries, failing);
      }
      if (kind.of === 'without') found.get(scenario)?.without.set(kind.guardrail, verdict);
      if (kind.of === 'fault') {
        const { guardrail, fault } = kind;
        found.get(scenario)?.cells.set(cellKey(guardrail, fault), {
          fault,
          place: placeOf(guardrail, fault),
          ...verdict,
          answers: countAnswers(finished.exchanges, guardrail, fault),
          heldBy: holdersOf(finished).filter(id => id !== guardrail),
          journal: verdict.verdict === 'escaped' ? journal : null,
        });
      }
      return verdict;
    },
    guardrails: () =>
      entries.map(({ id, use, onFailure }) => ({
        id,
        use,
        onFailure,
        places: Object.fromEntries(faults.map(fault => [fault, placeOf(id, fault)])),
        failsOpenWhen: faults.filter(fault => letsThrough([...found.values()], cellKey(id, fault))),
        failsAnyway: failing.get(id) ?? null,
      })),
    scenarios: () =>
      scenarios.flatMap(({ value: { metadata } }) => {
        const raw = found.get(metadata.id);
        if (raw === undefined) return [];
        const layers = entries.flatMap(({ id }) => layerOf(id, raw, faults) ?? []);
        return [{ id: metadata.id, title: metadata.title, well: raw.well, layers }];
      }),
  };
}

function letsThrough(scenarios: readonly RawScenario[], cell: string): boolean {
  return scenarios.some(({ cells }) => (cells.get(cell)?.answers.letThrough ?? 0) > 0);
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
  { well, without, cells }: RawScenario,
  faults: readonly StressFault[],
): StressedLayer | null {
  const withoutIt = without.get(guardrail);
  if (withoutIt === undefined) return null;
  const own = faults.flatMap(fault => cells.get(cellKey(guardrail, fault)) ?? []);
  return {
    guardrail,
    withoutIt,
    isSinglePoint: well.verdict === 'contained' && withoutIt.verdict === 'escaped',
    escapesWhen: own.filter(({ verdict }) => verdict === 'escaped').map(({ fault }) => fault),
    cells: own.map(cell => ({ ...cell, outcome: outcomeOf(cell, withoutIt) })),
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
