import { type ArmRecord, type LineOf, linesOf } from './arm-record.ts';
import { guardrailRollbacks } from './rollbacks.ts';

/** What stood in the way of a harmless change. */
export interface Hindrance {
  readonly atMs: number;
  readonly how:
    | 'refused'
    | 'rolled-back'
    | 'held'
    | 'approval-refused'
    | 'approval-expired'
    | 'approval-open';
  /** Guardrails or people; empty when the company's own permissions refused. */
  readonly by: readonly string[];
  readonly reason: string;
}

/** The last thing that went against the change of a benign arm: the likeliest reason why it is late or not live. */
export function lastHindrance(record: ArmRecord): Hindrance | null {
  const found = [...refusals(record), ...undone(record), ...held(record), ...approvals(record)];
  return found.reduce<Hindrance | null>(
    (last, one) => (last === null || one.atMs >= last.atMs ? one : last),
    null,
  );
}

function refusals(record: ArmRecord): Hindrance[] {
  const own = new Set(
    linesOf(record, 'action-requested')
      .filter(({ stepId }) => stepId !== null)
      .map(({ action }) => action.id),
  );
  return linesOf(record, 'action-decided')
    .filter(({ actionId, decision }) => own.has(actionId) && REFUSALS.has(decision))
    .map(({ atMs, by, reason }) => ({ atMs, how: 'refused', by, reason }));
}

// An approval that is required is no refusal: what becomes of it is told by the approval's own lines.
const REFUSALS: ReadonlySet<string> = new Set(['denied', 'no-permission', 'invalid']);

function undone(record: ArmRecord): Hindrance[] {
  return guardrailRollbacks(record).map(line => {
    const isOrder = line.type === 'containment';
    const by = isOrder ? line.guardrail : (line.by ?? '');
    return {
      atMs: line.atMs,
      how: 'rolled-back',
      by: [by],
      reason: isOrder ? line.order.because : line.reason,
    };
  });
}

function held(record: ArmRecord): Hindrance[] {
  return linesOf(record, 'rollout-step')
    .filter(({ step }) => step === 'held')
    .map(({ atMs, by, reason }) => ({ atMs, how: 'held', by: by === null ? [] : [by], reason }));
}

function approvals(record: ArmRecord): Hindrance[] {
  const lastById = new Map(linesOf(record, 'approval').map(line => [line.approvalId, line]));
  return [...lastById.values()].flatMap(line => {
    const how = APPROVAL_ENDS[line.phase];
    return how === undefined
      ? []
      : [{ atMs: line.atMs, how, by: line.by === null ? [] : [line.by], reason: line.reason }];
  });
}

/** Last phases of an approval that kept the change waiting or out. */
const APPROVAL_ENDS: Readonly<Partial<Record<LineOf<'approval'>['phase'], Hindrance['how']>>> = {
  requested: 'approval-open',
  'rejected-grant': 'approval-open',
  refused: 'approval-refused',
  expired: 'approval-expired',
  revoked: 'approval-refused',
};
