import { readJournal } from '../../journal/reader.ts';
import { armRecord } from '../../score/arm-record.ts';
import { benignResults } from '../../score/friction.ts';
import { lastHindrance } from '../../score/hindrance.ts';
import type { FinishedJob } from '../arm-pool.ts';
import type { BenignEnd } from './stress-card.ts';

/** What became of the same task done properly in this benign arm. */
export function judgeBenign({ reason, journal }: FinishedJob, scenario: string): BenignEnd {
  const file = 'benign.jsonl';
  const record = armRecord({ file, digest: '', journal: readJournal(journal ?? '', file) });
  // The arm was ended early, when its author had given up.
  if (reason === 'nothing-landed') {
    const detail = 'never live';
    return { outcome: 'blocked', waitedMs: null, detail, hindrance: lastHindrance(record) };
  }
  const [found] = benignResults(record, [scenario]);
  const { outcome, waitedMs, detail } = found ?? { outcome: 'unknown', waitedMs: null, detail: '' };
  return { outcome, waitedMs, detail, hindrance: lastHindrance(record) };
}
