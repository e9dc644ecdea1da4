import { existsSync, statfsSync } from 'node:fs';
import { brakeApplied, type Halt } from '../gameday/brakes.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';

/** How often the brakes are looked at, real time. */
const EVERY_MS = 500;

export interface WatchedBrakes {
  /** The first brake that applied; it stays the reason whatever happens later. */
  readonly halt: Halt | null;
  /** Looks at once. */
  look(): Halt | null;
  close(): void;
}

export interface BrakeSources {
  readonly limits: GameDay['abortWhen'];
  readonly directory: string;
  readonly stopFile: string;
  readonly armsFailed: () => number;
  /** A brake of the caller's own, such as a scheduler's time limit. */
  readonly other: () => Halt | null;
  /** Called once, when the first brake applies. */
  readonly onHalt: (halt: Halt) => void;
}

/** Watches the abort conditions while arms run. */
export function watchBrakes(sources: BrakeSources): WatchedBrakes {
  const { limits, directory, stopFile, armsFailed, other, onHalt } = sources;
  const startedMs = performance.now();
  let halt: Halt | null = null;
  const look = () => {
    if (halt !== null) return halt;
    halt =
      other() ??
      brakeApplied(limits, {
        elapsedMs: performance.now() - startedMs,
        diskFreeBytes: limits.diskFreeBelow === undefined ? null : freeBytes(directory),
        armsFailed: armsFailed(),
        isStopFileThere: existsSync(stopFile),
      });
    if (halt !== null) onHalt(halt);
    return halt;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    get halt() {
      return halt;
    },
    look,
    close: () => clearInterval(timer),
  };
}

function freeBytes(directory: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return null;
  }
}
