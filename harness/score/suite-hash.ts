import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { ArmRecord } from './arm-record.ts';
import { byText } from './place.ts';

/** What one arm asked, whatever the profile: scenario, world, builds, ordinary changes, seed and stack. */
export function questionOf({ arm, plan, journal: { header } }: ArmRecord): string {
  return stableJson({
    // The arms of a profile ask the same as the others; only the quiet week is another question.
    kind: arm === 'ordinary' ? 'ordinary' : 'scenario',
    scenario: header.scenario,
    world: header.world,
    builds: header.builds,
    seed: header.seed,
    stack: header.stack,
    changes: plan.changes.map(({ metadata }) => metadata.id),
  });
}

/** Names what was asked. Two scores compare only when it is equal. Order and number of arms do not matter. */
export function suiteHash(questions: Iterable<string>): string {
  return digestOf([...new Set(questions)].sort(byText).join('\n'));
}
