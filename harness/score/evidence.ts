import type { ArmRecord } from './arm-record.ts';
import { linesOf } from './arm-record.ts';
import type { SeedArms } from './seed-arms.ts';

/** Why a scenario proves nothing: a code for machines and a sentence for people. */
export interface Gap {
  readonly reason: string;
  readonly detail: string;
}

const NEEDED = ['calm', 'unguarded', 'guarded'] as const;

/**
 * The first reason why the arms cannot be judged; null when they can. Steady state that only the guarded arm missed is
 * no reason: a profile can never make a scenario inconclusive.
 */
export function evidenceGap({ arms }: SeedArms): Gap | null {
  for (const name of NEEDED) {
    const arm = arms[name];
    if (arm === undefined) return missing(`the ${name} arm left no journal`);
    const gap = gateGap(arm) ?? armGap(arm);
    const isProfilesDoing = name === 'guarded' && gap?.reason === 'steady-state-not-met';
    if (gap !== null && !isProfilesDoing) return gap;
  }
  return mismatch(arms);
}

/** Steady state before the mistake, as one arm recorded it. */
export function gateGap(record: ArmRecord): Gap | null {
  const gate = linesOf(record, 'gate').at(-1);
  if (gate === undefined) {
    if (record.status !== 'completed') return armGap(record);
    return missing(`the ${record.arm} arm recorded no steady state`);
  }
  const unmet = gate.probes
    .filter(probe => !probe.met)
    .map(({ journey, region, by }) => `${journey} in ${region}${by === undefined ? '' : ` by ${by}`}`);
  if (gate.met) return null;
  const detail = `steady state was not met before the ${record.arm} arm: ${unmet.join(', ') || 'no probe had data'}`;
  return { reason: 'steady-state-not-met', detail };
}

function armGap(record: ArmRecord): Gap | null {
  if (record.status === 'cut') return missing(`the ${record.arm} arm: ${record.statusReason}`);
  if (record.status !== 'completed') {
    return {
      reason: `arm-${record.status}`,
      detail: `the ${record.arm} arm did not run to its end: ${record.statusReason}`,
    };
  }
  const hasTraffic = linesOf(record, 'window').some(window => window.fromMs >= record.plan.gateMs);
  // The calm arm is what the others are compared with; an arm in which shoppers got no answer at all may have no window.
  if (record.arm === 'calm' && !hasTraffic) return missing('the calm arm saw no shoppers after the gate');
  const snapshots = linesOf(record, 'snapshot').map(({ reason }) => reason);
  if (!snapshots.includes('before') || !snapshots.includes('end'))
    return missing(`the ${record.arm} arm has no inventory from before and after`);
  return null;
}

function mismatch(arms: SeedArms['arms']): Gap | null {
  const digests = NEEDED.map(name => arms[name]?.journal.header).map(
    header => `${header?.scenario.digest} ${header?.world.digest} ${header?.stack}`,
  );
  if (new Set(digests).size === 1) return null;
  return { reason: 'evidence-mismatch', detail: 'the arms ran different scenarios, worlds or stacks' };
}

function missing(detail: string): Gap {
  return { reason: 'evidence-missing', detail };
}
