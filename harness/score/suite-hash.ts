import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { ArmRecord } from './arm-record.ts';
import { byText } from './place.ts';

/**
 * Names what was asked, whatever the profile: scenarios, worlds, builds, ordinary changes, seeds and stack. Two scores
 * compare only when it is equal. Order and number of journals do not matter.
 */
export function suiteHash(records: readonly ArmRecord[]): string {
  const questions = records.map(({ arm, plan, journal: { header } }) =>
    stableJson({
      // The arms of a profile ask the same as the others; only the quiet week is another question.
      kind: arm === 'ordinary' ? 'ordinary' : 'scenario',
      scenario: header.scenario,
      world: header.world,
      builds: header.builds,
      seed: header.seed,
      stack: header.stack,
      changes: plan.changes.map(({ metadata }) => metadata.id),
    }),
  );
  return digestOf([...new Set(questions)].sort(byText).join('\n'));
}
