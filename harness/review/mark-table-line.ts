import type { TableEvent } from '../journal/table-event.ts';
import { safeText } from '../report/safe-text.ts';
import type { Draft } from './mark-context.ts';

/** What was said at a table stands with what people did; a choice unlike the simulated one stands out. */
export function markTableLine({ phase, by, chosen, simulated, text }: TableEvent): Draft {
  const isOther = chosen !== simulated;
  const other = isOther ? ` (the simulated person: ${safeText(simulated ?? '', 64)})` : '';
  const labels: Readonly<Record<TableEvent['phase'], string>> = {
    decided: `at the table: ${safeText(text, 120)}${other}`,
    inject: `told at the table: ${safeText(text, 120)}`,
    'inject-skipped': `left out at the table: ${safeText(text, 120)}`,
    note: `note: ${safeText(text, 120)}`,
  };
  return { kind: phase, lane: 'people', tone: isOther ? 'warn' : 'plain', who: by, label: labels[phase] };
}
