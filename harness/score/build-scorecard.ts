import { readJournal } from '../journal/reader.ts';
import { journalGroups } from './journal-groups.ts';
import type { Scorecard } from './scorecard.ts';
import { createScorecardTally, type JournalText, type ScorecardFacts } from './scorecard-tally.ts';

export interface ScorecardInput extends ScorecardFacts {
  /** Only arms of this profile are scored, besides the calm and unguarded ones. */
  readonly profile: string;
  /** The journals of all arms and seeds, in any order of arms. */
  readonly journals: readonly JournalText[];
}

/**
 * Scores journals, and nothing but journals: the same texts always give the same scorecard. Of journals on the disk
 * rather add one seed after the other to a `createScorecardTally`.
 */
export function buildScorecard(input: ScorecardInput): Scorecard {
  const tally = createScorecardTally(input.profile);
  const groups = journalGroups(input.journals, ({ text, file }) => headerOf(text, file));
  for (const [index, journals] of groups.entries()) tally.add(index, journals);
  return tally.scorecard(input);
}

function headerOf(text: string, file: string) {
  return readJournal(text.slice(0, text.indexOf('\n') + 1), file).header;
}
