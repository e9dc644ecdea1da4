/** An arm of a game day: the run it belongs to, and its journal there. */
export interface ArmKey {
  readonly run: string;
  readonly file: string;
}

/** What is noted of an arm when its journal is closed; an arm that is not noted never counts. */
export interface NotedArm extends ArmKey {
  readonly digest: string;
  /** Slots that outlived it. */
  readonly leftBehind: number;
}

export interface ResumePlan {
  /** Ended, and its journal is still the one that was noted. */
  readonly kept: ReadonlyMap<string, NotedArm>;
  /** To be run, in order; whatever they left is removed first. */
  readonly toRun: readonly ArmKey[];
}

/**
 * Which arms of an interrupted game day count. `digestOnDisk` is that of the journal as it is now; null without one. An
 * arm that was noted twice counts as noted last.
 */
export function planResume(
  planned: readonly ArmKey[],
  noted: readonly NotedArm[],
  digestOnDisk: (arm: ArmKey) => string | null,
): ResumePlan {
  const known = new Map(noted.map(arm => [keyOf(arm), arm]));
  const kept = new Map<string, NotedArm>();
  const toRun: ArmKey[] = [];
  for (const arm of planned) {
    const note = known.get(keyOf(arm));
    if (note !== undefined && digestOnDisk(arm) === note.digest) kept.set(keyOf(arm), note);
    else toRun.push(arm);
  }
  return { kept, toRun };
}

export function keyOf({ run, file }: ArmKey): string {
  return `${run}/${file}`;
}
