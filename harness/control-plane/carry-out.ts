import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { ActionRequest, Constraints, GuardedAction, Outcome } from '../ports/action.ts';
import { cellOf } from '../ports/resource.ts';
import type { AuditSubject } from './audit-trail.ts';
import type { Company, EffectPattern } from './company.ts';
import { createEffectRun, type EffectBook } from './effect-run.ts';
import { forbiddenMarks } from './forbidden-effects.ts';
import type { Intake } from './intake.ts';
import { cellsOf } from './scope.ts';
import type { Target } from './verb.ts';

export interface CarryOutOrder {
  readonly company: Company;
  readonly forbidden: readonly EffectPattern[];
  readonly intake: Intake;
  readonly action: GuardedAction;
  readonly constraints: Constraints | null;
  readonly subject: AuditSubject;
  readonly describe: (other: Pick<ActionRequest, 'door' | 'verb' | 'params'>) => GuardedAction | string;
}

/** Carries a ruled action out, in its turn, and journals the effect. A failed effect is an outcome, never an exception. */
export async function carryOut(order: CarryOutOrder): Promise<Outcome> {
  const { company, intake } = order;
  const target = narrowed(intake.target, order.constraints);
  if (target.slots.length === 0) return { status: 'failed', reason: 'narrowed until no cell was left' };
  let release = (): void => undefined;
  try {
    if (intake.verb.queues) release = await company.locks.acquire(target.slots.map(({ slot }) => slot));
    return await effect(order, target);
  } catch (error) {
    return failure(company, error);
  } finally {
    release();
  }
}

async function effect(order: CarryOutOrder, target: Target): Promise<Outcome> {
  const { company, action, constraints, intake, describe } = order;
  const effectId = startEffect(order, target);
  const { run, book } = createEffectRun({ company, action, constraints, describe });
  try {
    const output = await intake.bound.carryOut(target, run);
    finishEffect(order, effectId, { ok: true, detail: '' }, book());
    return { status: 'done', output };
  } catch (error) {
    const end = failure(company, error);
    finishEffect(order, effectId, { ok: false, detail: end.reason }, book());
    return end;
  }
}

function startEffect({ company, action, intake, forbidden, subject }: CarryOutOrder, target: Target): string {
  const effectId = company.newId('effect');
  const marks = intake.footprint.readOnly
    ? []
    : forbiddenMarks(company.context.world, forbidden, {
        verbs: [action.verb, ...intake.bound.actsAs(target, company)],
        resource: action.resource,
        slots: target.slots,
        approvals: action.facts.approvals,
      });
  company.context.journal.write({
    type: 'effect-started',
    effectId,
    actionId: action.id,
    verb: action.verb,
    resource: action.resource,
    cells: intake.footprint.cells.length === 0 ? [] : cellsOf(target.slots),
    reaches: intake.footprint.readOnly ? [] : intake.verb.reaches,
    forbidden: marks,
  });
  company.audit.record(subject, 'started', '');
  return effectId;
}

function finishEffect(
  { company, action }: CarryOutOrder,
  effectId: string,
  { ok, detail }: { readonly ok: boolean; readonly detail: string },
  { hasChanged, charged }: EffectBook,
): void {
  company.context.journal.write({
    type: 'effect-finished',
    effectId,
    actionId: action.id,
    ok,
    changed: hasChanged,
    detail,
    charged,
  });
}

/** Only cells can be narrowed away; slots of other environments are no cells. */
function narrowed(target: Target, constraints: Constraints | null): Target {
  const cells = constraints?.cells;
  if (cells === undefined) return target;
  const slots = target.slots.filter(
    ({ environment, service, region }) =>
      environment !== 'production' || cells.includes(cellOf(service, region)),
  );
  return { ...target, slots };
}

/** A broken invariant ends the run; everything else is the world's refusal and the requester's to know. */
function failure(company: Company, error: unknown): Extract<Outcome, { status: 'failed' }> {
  if (error instanceof HarnessError && error.kind === 'bug') {
    company.context.clock.spawn(() => Promise.reject(error));
  }
  return { status: 'failed', reason: messageOf(error) };
}
