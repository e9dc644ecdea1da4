import type { Arm } from '../journal/events.ts';
import { HarnessError } from '../kernel/errors.ts';
import type { ArmRecord } from './arm-record.ts';

/** The arms of one scenario at one seed; an arm that left no journal is missing. */
export interface SeedArms {
  readonly seed: string;
  readonly arms: Readonly<Partial<Record<Arm, ArmRecord>>>;
}

/** The arms of one seed by name. Throws a `file` error when there are two of a kind. */
export function seedArms(seed: string, records: readonly ArmRecord[]): SeedArms {
  const arms: Partial<Record<Arm, ArmRecord>> = {};
  for (const record of records) {
    const twin = arms[record.arm];
    if (twin !== undefined) throw twice(twin, record);
    arms[record.arm] = record;
  }
  return { seed, arms };
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
