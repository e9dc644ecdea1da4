import type { Arm } from '../journal/events.ts';
import { HarnessError } from '../kernel/errors.ts';
import type { ArmRecord } from './arm-record.ts';
import { byText } from './place.ts';

/** The arms of one scenario at one seed; an arm that left no journal is missing. */
export interface SeedArms {
  readonly seed: string;
  readonly arms: Readonly<Partial<Record<Arm, ArmRecord>>>;
}

/**
 * Sorts records into scenarios and seeds. Seeds keep the order in which they were given; arms of another profile than
 * `profile` are left out, except calm and unguarded ones, which have none.
 */
export function groupBySeed(records: readonly ArmRecord[], profile: string): Map<string, SeedArms[]> {
  const scenarios = new Map<string, Map<string, Partial<Record<Arm, ArmRecord>>>>();
  for (const record of records) {
    if (record.arm === 'ordinary' || !belongsTo(record, profile)) continue;
    const { scenario, seed } = record.journal.header;
    const seeds = scenarios.get(scenario.id) ?? new Map<string, Partial<Record<Arm, ArmRecord>>>();
    scenarios.set(scenario.id, seeds);
    const arms = seeds.get(seed) ?? {};
    seeds.set(seed, arms);
    const twin = arms[record.arm];
    if (twin !== undefined) throw twice(twin, record);
    arms[record.arm] = record;
  }
  return new Map(
    [...scenarios]
      .sort(([a], [b]) => byText(a, b))
      .map(([id, seeds]) => [id, [...seeds].map(([seed, arms]) => ({ seed, arms }))]),
  );
}

export function belongsTo(record: ArmRecord, profile: string): boolean {
  const hasProfile = record.arm !== 'calm' && record.arm !== 'unguarded';
  return !hasProfile || record.journal.header.profile.id === profile;
}

function twice(first: ArmRecord, second: ArmRecord): HarnessError {
  return new HarnessError('file', {
    message: `could not score: ${first.file} and ${second.file} are both the ${first.arm} arm of ${first.journal.header.scenario.id} at seed ${first.journal.header.seed}`,
    hint: 'Score one run at a time.',
  });
}
