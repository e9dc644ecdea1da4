import { eitherSignal } from '../../kernel/either-signal.ts';
import type { GateVerdict } from '../../ports/guardrail-chain.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';
import type { CellRollout } from './cell-rollout.ts';
import { mergeTelemetry } from './merge-telemetry.ts';

/** Times that one wave may be held; then it goes back, since nobody will ever be sure. */
const MAX_HOLDS = 12;

export interface Bake {
  readonly wave: number;
  readonly trafficShare: number;
  readonly before: CellTelemetry | null;
}

/** Lets a wave bake, then asks the gate, and again for as long as the gate holds it. Rejects with an interruption's reason. */
export async function bakeAndGate(
  cell: CellRollout,
  { wave, trafficShare, before }: Bake,
): Promise<GateVerdict> {
  const { run, slot, plan, placement, oldBuild, rollout } = cell;
  const { company } = run;
  const isSameBuild = oldBuild === placement.build.id;
  let baseline: CellTelemetry | null = null;
  let canary: CellTelemetry | null = null;
  for (let hold = 0; hold <= MAX_HOLDS; hold++) {
    const readCanary = company.stack.count(slot.slot, placement.build.id);
    // With the same build on both sides, a count by build cannot tell them apart.
    const readBaseline = isSameBuild ? () => null : company.stack.count(slot.slot, oldBuild);
    const cut = eitherSignal([rollout.interruption, rollout.promotion]);
    try {
      await run.charge('bake', plan.bakeMs, cut.signal);
    } finally {
      cut.release();
      canary = mergeTelemetry(canary, readCanary());
      baseline = mergeTelemetry(baseline, readBaseline());
    }
    const verdict = await company.chain.gate(run.action.door, {
      rolloutId: rollout.id,
      service: slot.service,
      region: slot.region,
      build: placement.build.id,
      wave,
      trafficShare,
      observedMs: plan.bakeMs * (hold + 1),
      before,
      baseline,
      canary,
    });
    rollout.interruption.throwIfAborted();
    if (verdict.ruling !== 'hold') return verdict;
    cell.journal(wave, trafficShare, 'held', verdict);
  }
  return { ruling: 'roll-back', by: null, reason: `held ${MAX_HOLDS + 1} times and still undecided` };
}
