import type { HeaderEvent } from '../journal/events.ts';

type Labels = Pick<HeaderEvent, 'arm' | 'seed' | 'scenario'>;

/**
 * Puts the arms of one scenario and seed together, in the order in which they first appear; a quiet week is a group of
 * its own. `labelsOf` reads a journal's header.
 */
export function journalGroups<Journal>(
  journals: readonly Journal[],
  labelsOf: (journal: Journal) => Labels,
): Journal[][] {
  const groups = new Map<string, Journal[]>();
  for (const [index, journal] of journals.entries()) {
    const { arm, seed, scenario } = labelsOf(journal);
    const key = arm === 'ordinary' ? `ordinary ${index}` : `scenario ${scenario.id} ${seed}`;
    groups.set(key, [...(groups.get(key) ?? []), journal]);
  }
  return [...groups.values()];
}
