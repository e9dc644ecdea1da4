import { type ArmRecord, linesOf } from './arm-record.ts';
import { guardrailRollbacks } from './rollbacks.ts';

/** What turned a mistake round after it had taken effect. */
export interface Undoing {
  readonly atMs: number;
  readonly how: 'rolled-back' | 'repaired';
  /** The guardrail or the person. */
  readonly by: string;
  readonly what: string;
}

/** The guardrail's first roll-back or the first repair that people finished, whichever came first; null: neither. */
export function undoingOf(record: ArmRecord): Undoing | null {
  const line = guardrailRollbacks(record)[0];
  const rollback: Undoing | null =
    line === undefined
      ? null
      : {
          atMs: line.atMs,
          how: 'rolled-back',
          by: line.type === 'containment' ? line.guardrail : (line.by ?? ''),
          what: line.type === 'containment' ? line.order.because : line.reason,
        };
  const person = linesOf(record, 'person').find(({ phase }) => phase === 'repaired');
  const repair: Undoing | null =
    person === undefined ? null : { atMs: person.atMs, how: 'repaired', by: person.who, what: person.text };
  if (rollback === null || repair === null) return rollback ?? repair;
  return rollback.atMs <= repair.atMs ? rollback : repair;
}
