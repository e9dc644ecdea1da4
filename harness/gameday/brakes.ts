import type { GameDay } from '../scenario/game-day-schema.ts';
import type { ExitName } from '../score/exit-reasons.ts';

/** Why a game day was halted before its end; what had ended is kept, and a later call goes on. */
export interface Halt {
  readonly by: 'stop-file' | 'wall-time' | 'disk' | 'arms-failed' | 'signal' | 'time-limit';
  readonly because: string;
  readonly exit: ExitName;
}

export interface BrakeFacts {
  /** Real time of this sitting. */
  readonly elapsedMs: number;
  /** Null when the file system does not tell. */
  readonly diskFreeBytes: number | null;
  readonly armsFailed: number;
  readonly isStopFileThere: boolean;
}

/** The first of the harness's own brakes that applies; null while all is well. */
export function brakeApplied(limits: GameDay['abortWhen'], facts: BrakeFacts): Halt | null {
  if (facts.isStopFileThere) {
    return { by: 'stop-file', because: 'the stop file is there', exit: 'interrupted' };
  }
  if (limits.armsFailed !== undefined && facts.armsFailed >= limits.armsFailed) {
    const because = `${facts.armsFailed} arms ended with an error`;
    return { by: 'arms-failed', because, exit: 'environment' };
  }
  const { diskFreeBelow } = limits;
  if (diskFreeBelow !== undefined && facts.diskFreeBytes !== null && facts.diskFreeBytes < diskFreeBelow) {
    const because = `${megabytes(facts.diskFreeBytes)} MB are free, and ${megabytes(diskFreeBelow)} MB must be`;
    return { by: 'disk', because, exit: 'environment' };
  }
  if (limits.wallTime !== undefined && facts.elapsedMs >= limits.wallTime) {
    return { by: 'wall-time', because: 'the real time of one sitting was used up', exit: 'inconclusive' };
  }
  return null;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
