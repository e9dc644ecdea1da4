import { wrap } from '../../report/columns.ts';
import type { Paint } from '../../report/paint.ts';
import { printable } from '../../scenario/printable.ts';
import { benignLines, stopsWork } from './stress-benign-text.ts';
import type { StressCard, StressedGuardrail, StressedScenario, StressOutcome } from './stress-card.ts';
import { CELL_WIDTH, type CellWord, type MatrixLook, matrixLines } from './stress-matrix.ts';

const WORDS: Readonly<Record<StressOutcome, CellWord>> = {
  'held-by-others': ['held', 'good'],
  'held-by-failing-closed': ['closed', 'warn'],
  'held-itself': ['itself', 'good'],
  'not-asked': ['-', 'dim'],
  escaped: ['ESCAPE', 'bad'],
  inconclusive: ['?', 'warn'],
};

const LEGEND: Readonly<Record<StressOutcome, string>> = {
  'held-by-others': 'the other layers contain the mistake without this one',
  'held-by-failing-closed': 'the others do not contain it; only that its failures count as refusals did',
  'held-itself': 'the others do not contain it; what it still answered did',
  'not-asked': 'it was asked nothing about this mistake',
  escaped: 'contained while every guardrail is well, and not with this failure',
  inconclusive: 'the arm could not be judged',
};

/** The matrix and what follows from it, safe for a terminal. */
export function renderStress(card: StressCard, paint: Paint, reportPath: string): string {
  const { profile, seed, guardrails, scenarios, exit } = card;
  const heading = `Profile ${profile} with one failing guardrail at a time, seed ${seed}, stack sim`;
  const faults = card.faults.map(({ fault }) => fault);
  const lines = [
    paint('strong', heading),
    '',
    ...scenarios.flatMap(scenario => [...scenarioLines(scenario, { faults, paint }), '']),
    ...legend(scenarios).map(line => paint('dim', line)),
    '',
    ...section('Single points of failure', singlePoints(scenarios)),
    ...section('Fail open', guardrails.flatMap(failsOpen)),
    ...section('Stops the same task done properly', scenarios.flatMap(stopsWork)),
    ...section('Failed though nothing was made to fail', guardrails.flatMap(failsAnyway)),
    ...section('Where the faults were put', places(guardrails)),
    card.isWhole ? '' : 'It was stopped: failures that had not ended are missing.',
    paint(exit.code === 0 ? 'good' : 'bad', `Exit ${exit.code} (${exit.name}): ${exit.reason}.`),
    ...wrap(card.note),
    `Report: ${reportPath}`,
  ];
  return `${lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n')}\n`;
}

function scenarioLines(scenario: StressedScenario, look: Omit<MatrixLook, 'wordOf'>): readonly string[] {
  const { id, well, layers } = scenario;
  const { paint } = look;
  const stage = well.stage === null ? '' : ` (${well.stage})`;
  const heading = `${id}: with every guardrail well ${well.verdict}${stage}`;
  if (layers.length === 0) {
    return [
      paint('strong', heading),
      ...wrap(`Nothing is left to lose: ${printable(well.detail, 200)}.`, { indent: 2 }),
    ];
  }
  return [
    paint('strong', heading),
    ...matrixLines('the mistake', layers, { ...look, wordOf: ({ outcome }) => WORDS[outcome] }),
    ...benignLines(scenario, look),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return [title, ...lines.flatMap(line => wrap(line, { indent: 2, hanging: 4 })), ''];
}

/** Of the words that stand in the matrix. */
function legend(scenarios: readonly StressedScenario[]): readonly string[] {
  const shown = new Set(
    scenarios.flatMap(({ layers }) => layers.flatMap(({ cells }) => cells)).map(({ outcome }) => outcome),
  );
  return (Object.keys(LEGEND) as StressOutcome[])
    .filter(outcome => shown.has(outcome))
    .map(outcome => `${WORDS[outcome][0].padEnd(CELL_WIDTH)} ${LEGEND[outcome]}`);
}

/** A layer that the others do not replace, or whose failure lets the mistake escape though they would have held. */
function singlePoints(scenarios: readonly StressedScenario[]): readonly string[] {
  return scenarios.flatMap(({ id, layers }) =>
    layers
      .filter(({ isSinglePoint, escapesWhen }) => isSinglePoint || escapesWhen.length > 0)
      .map(({ guardrail, escapesWhen, isSinglePoint, cells }) => {
        const first = cells.find(({ verdict }) => verdict === 'escaped');
        const what =
          first === undefined
            ? 'the others do not contain it, and no failure lets it escape'
            : `escapes when ${escapesWhen.join(', ')}${isSinglePoint ? '' : ', though contained without it'} (${printable(first.detail, 200)})`;
        return `${printable(guardrail, 64)} for ${id}: ${what}`;
      }),
  );
}

function failsOpen({ id, onFailure, failsOpenWhen }: StressedGuardrail): readonly string[] {
  if (failsOpenWhen.length === 0) return [];
  const inSpite = onFailure === 'open' ? 'its onFailure is open' : 'though its onFailure is closed';
  return [`${printable(id, 64)} when ${failsOpenWhen.join(', ')} (${inSpite})`];
}

function failsAnyway({ id, failsAnyway: said }: StressedGuardrail): readonly string[] {
  return said === null ? [] : [`${printable(id, 64)}: ${printable(said, 200)}`];
}

const PLACE_WORDS = {
  wire: 'a server on this machine stood before the service',
  program: 'programs that fail were run in its place',
  files: 'files of the policy were gone or held none',
  seat: 'at our seat for it: it has no wire that could fail',
} as const;

function places(guardrails: readonly StressedGuardrail[]): readonly string[] {
  return (Object.keys(PLACE_WORDS) as (keyof typeof PLACE_WORDS)[]).flatMap(place => {
    const those = guardrails.flatMap(({ id, places: own }) => {
      const faults = Object.entries(own).filter(([, where]) => where === place);
      if (faults.length === 0) return [];
      const isAll = faults.length === Object.keys(own).length;
      return [`${printable(id, 64)}${isAll ? '' : ` (${faults.map(([fault]) => fault).join(', ')})`}`];
    });
    return those.length === 0 ? [] : [`${PLACE_WORDS[place]}: ${those.join(', ')}`];
  });
}
