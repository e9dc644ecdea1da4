import { type ArmRecord, type LineOf, linesOf } from './arm-record.ts';

/** What guardrails undid in an arm, in order: by their own orders, or at a gate between two waves. People's roll-backs are left out. */
export function guardrailRollbacks(record: ArmRecord): (LineOf<'containment'> | LineOf<'rollout-step'>)[] {
  const guardrails = new Set(record.plan.profile.guardrails.map(({ id }) => id));
  const orders = linesOf(record, 'containment').filter(({ result }) => result === 'done');
  const steps = linesOf(record, 'rollout-step').filter(
    ({ step, by }) => step === 'rolled-back' && by !== null && guardrails.has(by),
  );
  return [...orders, ...steps].sort((a, b) => a.seq - b.seq);
}

/** How many things guardrails undid: an order to roll back and the steps that carry it out are one. */
export function countRollbacks(record: ArmRecord): number {
  const undone = guardrailRollbacks(record);
  const rollouts = undone.flatMap(line => (line.type === 'rollout-step' ? [line.rolloutId] : []));
  const orders = undone.filter(line => line.type === 'containment');
  const others = orders.filter(({ order }) => order.verb !== 'rollout.rollback').length;
  return Math.max(new Set(rollouts).size + others, orders.length);
}
