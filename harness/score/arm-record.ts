import type { Arm, ArmStatus, JournalLine } from '../journal/events.ts';
import type { ReadJournal } from '../journal/reader.ts';
import { type ScoringPlan, scoringPlanOf } from './scoring-plan.ts';

/** One arm as scoring sees it: its journal, its plan, and where they came from. */
export interface ArmRecord {
  readonly arm: Arm;
  readonly file: string;
  readonly digest: string;
  readonly journal: ReadJournal;
  readonly plan: ScoringPlan;
  /** `cut`: the journal has no last line, so the run never closed it. */
  readonly status: ArmStatus | 'cut';
  readonly statusReason: string;
  /** World time of the last line. */
  readonly endMs: number;
}

export type LineOf<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>;

export function armRecord(source: { file: string; digest: string; journal: ReadJournal }): ArmRecord {
  const { journal, file, digest } = source;
  const last = journal.lines.at(-1);
  const closed = last?.type === 'closed' ? last : null;
  return {
    arm: journal.header.arm,
    file,
    digest,
    journal,
    plan: scoringPlanOf(journal.header, file),
    status: closed?.status ?? 'cut',
    statusReason: closed?.reason ?? 'the journal ends before its last line',
    endMs: last?.atMs ?? 0,
  };
}

/** All lines of one type, in order. */
export function linesOf<Type extends JournalLine['type']>(record: ArmRecord, type: Type): LineOf<Type>[] {
  return record.journal.lines.filter((line): line is LineOf<Type> => line.type === type);
}
