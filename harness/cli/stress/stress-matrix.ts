import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { Paint } from '../../report/paint.ts';
import { printable } from '../../scenario/printable.ts';
import type { StressCell, StressedLayer } from './stress-card.ts';

/** For a terminal of 80 columns: names of guardrails take what eight faults leave. */
const NAME_WIDTH = 23;
export const CELL_WIDTH = 7;

const HEADS: Readonly<Record<StressFault, string>> = {
  down: 'down',
  slow: 'slow',
  hanging: 'hang',
  '500': '500',
  garbage: 'garb',
  undefined: 'undef',
  stale: 'stale',
  flapping: 'flap',
};

/** What stands in a cell, and its tone. */
export type CellWord = readonly [string, Parameters<Paint>[0]];

/** One matrix of a scenario: a row for each layer, a column for each fault. */
export function matrixLines(
  name: string,
  layers: readonly StressedLayer[],
  { faults, paint, wordOf }: MatrixLook,
): readonly string[] {
  return [headLine(name, faults), ...layers.map(layer => layerLine(layer, { faults, paint, wordOf }))];
}

export interface MatrixLook {
  readonly faults: readonly StressFault[];
  readonly paint: Paint;
  readonly wordOf: (cell: StressCell) => CellWord;
}

function headLine(name: string, faults: readonly StressFault[]): string {
  const heads = faults.map(fault => HEADS[fault].padEnd(CELL_WIDTH)).join('');
  return ` ${name.padEnd(NAME_WIDTH - 1)}${heads}`.trimEnd();
}

function layerLine({ guardrail, cells }: StressedLayer, { faults, paint, wordOf }: MatrixLook): string {
  const name = printable(guardrail, NAME_WIDTH - 3).padEnd(NAME_WIDTH - 2);
  const row = faults.map(fault => {
    const cell = cells.find(candidate => candidate.fault === fault);
    const [word, tone] = cell === undefined ? (['', 'dim'] as const) : wordOf(cell);
    return `${paint(tone, word)}${' '.repeat(CELL_WIDTH - word.length)}`;
  });
  return `  ${name}${row.join('')}`.trimEnd();
}
