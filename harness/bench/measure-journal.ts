import { openLongJournal } from './open-long-journal.ts';

/** A process of its own for one long journal, with no more of the harness loaded than a review needs. */
process.stdout.write(JSON.stringify(openLongJournal(process.argv[2] ?? '')));
