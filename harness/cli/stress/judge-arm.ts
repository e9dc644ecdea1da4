import { readJournal } from '../../journal/reader.ts';
import { armRecord } from '../../score/arm-record.ts';
import { deedsOf } from '../../score/attribution.ts';
import { buildScorecard } from '../../score/build-scorecard.ts';
import type { JournalText } from '../../score/scorecard-tally.ts';
import type { FinishedJob } from '../arm-pool.ts';
import { worstOf } from '../exit-codes.ts';
import type { ArmVerdict } from './stress-card.ts';

export interface Controls {
  readonly scenario: string;
  readonly profile: string;
  /** The calm and the unguarded arm. */
  readonly journals: readonly JournalText[];
}

/** The verdict with this arm in the guarded arm's place. */
export function judgeArm({ reason, journal }: FinishedJob, controls: Controls): ArmVerdict {
  // The arm was ended early, when the mistake could no longer do anything.
  if (reason === 'nothing-landed') {
    return { verdict: 'contained', stage: 'prevented', reason, detail: 'no step of the mistake took effect' };
  }
  const card = buildScorecard({
    runId: 'stress',
    profile: controls.profile,
    journals: [...controls.journals, { file: 'guarded.jsonl', text: journal ?? '' }],
    planned: [controls.scenario],
    reruns: [],
    failUnder: null,
    isClean: true,
    isInterrupted: false,
    worstOf,
  });
  const scored = card.scenarios[0];
  if (scored === undefined) {
    return { verdict: 'inconclusive', stage: null, reason: 'never-run', detail: 'it left no journal' };
  }
  return { verdict: scored.verdict, stage: scored.stage, reason: scored.reason, detail: scored.detail };
}

/** Guardrails whose own answers or orders went against the mistake, in the profile's order. */
export function holdersOf({ journal }: FinishedJob): readonly string[] {
  const file = 'guarded.jsonl';
  const record = armRecord({ file, digest: '', journal: readJournal(journal ?? '', file) });
  return deedsOf(record)
    .filter(({ effect }) => effect === 'prevented' || effect === 'limited' || effect === 'rolled-back')
    .map(({ guardrail }) => guardrail);
}
