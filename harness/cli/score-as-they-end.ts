import { createScorecardTally, type ScorecardTally } from '../score/scorecard-tally.ts';
import type { OutlinedArm } from './arm-plans.ts';
import { readJournalTexts } from './suite-files.ts';

/** Scores a run while it goes on: a sweep's journals are read one seed at a time and never held. */
export interface RunningScore {
  /** An arm's journal is closed. Once all of its group are, they are read and reduced. Once for each arm. */
  readonly ended: (arm: OutlinedArm) => void;
  /** Adds what there is of the groups that never ended, and hands over the tally. */
  finish(): ScorecardTally;
}

/** `isEndedAlready`: arms of an earlier sitting, which nobody will tell the end of. */
export function scoreAsTheyEnd(
  profile: string,
  directory: string,
  arms: readonly OutlinedArm[],
  isEndedAlready: (arm: OutlinedArm) => boolean = () => false,
): RunningScore {
  const tally = createScorecardTally(profile);
  const groups = new Map<number, OutlinedArm[]>();
  for (const arm of arms) groups.set(arm.group, [...(groups.get(arm.group) ?? []), arm]);
  const open = new Map(
    [...groups].map(([group, members]) => [group, members.filter(arm => !isEndedAlready(arm)).length]),
  );
  const read = (group: number) => {
    open.delete(group);
    tally.add(group, readJournalTexts(directory, groups.get(group) ?? []));
  };
  return {
    ended: ({ group }) => {
      const left = (open.get(group) ?? 0) - 1;
      if (left > 0) open.set(group, left);
      else if (left === 0) read(group);
    },
    finish: () => {
      for (const group of [...open.keys()].sort((a, b) => a - b)) read(group);
      return tally;
    },
  };
}
