import type { RolloutStepEvent } from '../../journal/events.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { SlotSpec } from '../../ports/stack.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';
import type { EffectRun } from '../effect-run.ts';
import {
  deploymentOf,
  servingInstances,
  startInstances,
  stopInstances,
  warmInstances,
  warmingMs,
  weighEvenly,
} from '../instances.ts';
import type { Placement } from '../swap-instances.ts';
import { type ActiveRollout, RolloutInterrupted, RolloutPromoted } from './active-rollouts.ts';
import { bakeAndGate } from './bake-and-gate.ts';
import type { WavePlan } from './waves.ts';

/** One cell's part of a roll-out. */
export interface CellRollout {
  readonly run: EffectRun;
  readonly rollout: ActiveRollout;
  readonly plan: WavePlan;
  readonly placement: Placement;
  readonly slot: SlotSpec;
  readonly oldBuild: string;
  readonly old: readonly string[];
  journal(
    wave: number,
    trafficShare: number,
    step: RolloutStepEvent['step'],
    why?: { readonly by: string | null; readonly reason: string },
  ): void;
}

/** Ordered back by a gate, by an order, or by the build itself, which would not start. */
class WentBack extends Error {
  readonly by: string | null;

  constructor(by: string | null, reason: string) {
    super(reason);
    this.name = 'WentBack';
    this.by = by;
  }
}

/** Takes one cell through the waves. Throws when it went back; the cell then runs what it ran before. */
export async function rollOutCell(
  fields: Pick<CellRollout, 'run' | 'rollout' | 'plan' | 'placement'>,
): Promise<void> {
  const { run, placement } = fields;
  const { slot } = placement.slot;
  const cell: CellRollout = {
    ...fields,
    slot: placement.slot,
    oldBuild: deploymentOf(run.company, slot).build.id,
    old: servingInstances(run.company, slot).map(({ id }) => id),
    journal: (wave, trafficShare, step, why = { by: null, reason: '' }) =>
      writeStep(cell, { wave, trafficShare, step, ...why }),
  };
  const progress: Progress = { fresh: [], wave: 0, before: null };
  try {
    await goThroughWaves(cell, progress);
  } catch (error) {
    await goBack(cell, progress, error);
    throw error;
  }
  await stopInstances(run.company, cell.old);
  cell.journal(progress.wave, 1, 'finished');
}

interface Progress {
  fresh: readonly string[];
  wave: number;
  before: CellTelemetry | null;
}

async function goThroughWaves(cell: CellRollout, progress: Progress): Promise<void> {
  const { run, plan, rollout } = cell;
  const waves = plan.waves;
  for (let wave = 0; wave < waves.length; wave++) {
    const share = rollout.promotion.aborted ? 1 : (waves[wave] ?? 1);
    progress.wave = wave;
    await raiseShare(cell, progress, share);
    if (plan.bakeMs > 0 && !rollout.promotion.aborted) {
      try {
        const verdict = await bakeAndGate(cell, { wave, trafficShare: share, before: progress.before });
        if (verdict.ruling === 'roll-back') throw new WentBack(verdict.by, verdict.reason);
        cell.journal(wave, share, 'baked', verdict);
      } catch (error) {
        if (!(error instanceof RolloutPromoted)) throw error;
        cell.journal(wave, share, 'baked', { by: null, reason: 'promoted before the bake was over' });
      }
    }
    if (share === 1) return;
    run.changed();
  }
}

/** Starts and warms as many new instances as the share needs, and moves the traffic. */
async function raiseShare(cell: CellRollout, progress: Progress, share: number): Promise<void> {
  const { run, placement, slot, old, rollout } = cell;
  const { company } = run;
  const { world } = company.context;
  const wanted = placement.count ?? Math.max(1, old.length);
  const missing = Math.ceil(share * wanted - 1e-9) - progress.fresh.length;
  const readBefore = progress.fresh.length === 0 ? company.stack.count(slot.slot, cell.oldBuild) : null;
  try {
    if (missing > 0) {
      if (progress.fresh.length === 0) await company.stack.migrate(slot.slot, placement.build);
      run.changed();
      const started = await startInstances(company, { ...placement, count: missing });
      progress.fresh = [...progress.fresh, ...started];
      await run.charge('start instances', world.provisioning.instance, rollout.interruption);
      await run.charge('warm caches', warmingMs(world, [slot.service]), rollout.interruption);
      const cold = await warmInstances(company, started);
      if (cold.length > 0)
        throw new WentBack(null, `the new instances did not become warm: ${cold.join('; ')}`);
      rollout.interruption.throwIfAborted();
    }
  } finally {
    if (readBefore !== null) progress.before = readBefore();
  }
  const { inService } = deploymentOf(company, slot.slot);
  weighEvenly(company, progress.fresh, inService ? share : 0);
  weighEvenly(company, old, inService ? 1 - share : 0);
  cell.journal(progress.wave, share, 'started');
}

async function goBack(cell: CellRollout, progress: Progress, error: unknown): Promise<void> {
  const { run, slot, old } = cell;
  const { company } = run;
  if (company.stack.slots().some(other => other.slot === slot.slot)) {
    const { inService } = deploymentOf(company, slot.slot);
    weighEvenly(company, old, inService ? 1 : 0);
    await stopInstances(company, progress.fresh);
  }
  const by = error instanceof WentBack || error instanceof RolloutInterrupted ? error.by : null;
  cell.journal(progress.wave, 0, 'rolled-back', { by, reason: messageOf(error) });
}

function writeStep(
  { run, rollout, slot, placement }: CellRollout,
  step: Pick<RolloutStepEvent, 'wave' | 'trafficShare' | 'step' | 'by' | 'reason'>,
): void {
  const { service, region } = slot;
  const { wave, trafficShare, step: name, by, reason } = step;
  run.company.context.journal.write({
    type: 'rollout-step',
    rolloutId: rollout.id,
    actionId: run.action.id,
    service,
    region,
    build: placement.build.id,
    wave,
    trafficShare,
    step: name,
    by,
    reason,
  });
}
