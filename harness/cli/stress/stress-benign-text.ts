import { benignWhy } from '../../report/benign-words.ts';
import { wrap } from '../../report/columns.ts';
import { printable } from '../../scenario/printable.ts';
import type { BenignEnd, StressedScenario } from './stress-card.ts';
import { type CellWord, type MatrixLook, matrixLines } from './stress-matrix.ts';

const BENIGN_WORDS: Readonly<Record<BenignEnd['outcome'], CellWord>> = {
  allowed: ['let by', 'good'],
  late: ['LATE', 'warn'],
  blocked: ['BLOCK', 'warn'],
  unknown: ['?', 'warn'],
};

/** With every guardrail well. */
const BENIGN_ENDS: Readonly<Record<BenignEnd['outcome'], string>> = {
  allowed: 'let through in time',
  late: 'late already, so that no failure is tried on it',
  blocked: 'blocked already, so that no failure is tried on it',
  unknown: 'not to be told, so that no failure is tried on it',
};

/** What each failure does to the same task done properly; in a sentence where nothing was left to stop. */
export function benignLines(
  { benign, layers }: StressedScenario,
  look: Omit<MatrixLook, 'wordOf'>,
): readonly string[] {
  if (benign.outcome !== 'allowed') {
    const why = `The same task done properly is ${BENIGN_ENDS[benign.outcome]}${benignWhy(benign)}.`;
    return wrap(why, { indent: 2, hanging: 4 });
  }
  return matrixLines('done properly', layers, {
    ...look,
    wordOf: cell => BENIGN_WORDS[cell.benign?.outcome ?? 'unknown'],
  });
}

/** One line for each way in which a guardrail's failures stop it, with the first of them as what happened. */
export function stopsWork({ id, layers }: StressedScenario): readonly string[] {
  return layers.flatMap(({ guardrail, cells }) => {
    const own = (outcome: BenignEnd['outcome']) => cells.filter(({ benign }) => benign?.outcome === outcome);
    return (['blocked', 'late'] as const).flatMap(outcome => {
      const stopped = own(outcome);
      const first = stopped[0]?.benign;
      if (first === undefined || first === null) return [];
      const when = stopped.map(({ fault }) => fault).join(', ');
      return [`${printable(guardrail, 64)} for ${id}: ${outcome} when ${when}${benignWhy(first)}`];
    });
  });
}
