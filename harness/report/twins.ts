import { formatDuration } from '../kernel/duration.ts';
import type { TwinComparison, TwinRow } from '../score/compare-twins.ts';
import { cutTo, padTo } from './columns.ts';
import { safeText } from './safe-text.ts';

const WHAT_WIDTH = 50;
const VALUE_WIDTH = 20;
const TIME_MARK = ' (ms)';

/** Two runs side by side, one figure a line, with the tolerance that was applied and whether they agree. */
export function renderTwins({ stacks, scenarios, agree }: TwinComparison): string {
  const all = scenarios.flatMap(scenario => [
    '',
    `${safeText(scenario.id, 64)}: ${scenario.agree ? 'the same' : 'DIFFERENT'}`,
    `  ${padTo('', WHAT_WIDTH)}${padTo(stacks[0], VALUE_WIDTH)}${padTo(stacks[1], VALUE_WIDTH)}`,
    ...scenario.rows.flatMap(row => lines(row, stacks)),
  ]);
  const end = agree
    ? 'Both reach the same verdicts, stages and harmed cells; quantities agree within the tolerance of their line.'
    : 'They differ in the lines that say so.';
  return `${[...all, '', end].join('\n').trimStart()}\n`;
}

/** A line; where texts that differ do not fit into their columns, they follow whole. */
function lines(row: TwinRow, stacks: TwinComparison['stacks']): string[] {
  const { what, tolerance, agree } = row;
  const isTime = what.endsWith(TIME_MARK);
  const [first, second] = [row.first, row.second].map(value => valueText(value, isTime)) as [string, string];
  const label = isTime ? what.slice(0, -TIME_MARK.length) : what;
  const rule = tolerance === null ? 'equal' : `within ${isTime ? timeTolerance(tolerance) : tolerance}`;
  const cells = [
    padTo(cutTo(safeText(label, 100), WHAT_WIDTH - 1), WHAT_WIDTH),
    padTo(cutTo(first, VALUE_WIDTH - 1), VALUE_WIDTH),
    padTo(cutTo(second, VALUE_WIDTH - 1), VALUE_WIDTH),
  ];
  const line = `  ${cells.join('')}${agree ? rule : `NOT ${rule}`}`.trimEnd();
  const isCut = !agree && Math.max(first.length, second.length) >= VALUE_WIDTH;
  return isCut ? [line, `    ${stacks[0]}: ${first}`, `    ${stacks[1]}: ${second}`] : [line];
}

function valueText(value: string | number, isTime: boolean): string {
  return safeText(typeof value === 'number' && isTime ? formatDuration(value) : String(value), 400);
}

/** `10 %, or 300000` → `10 %, or 5m`. */
function timeTolerance(tolerance: string): string {
  return tolerance.replace(/\d+$/, text => formatDuration(Number(text)));
}
