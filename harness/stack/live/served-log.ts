import type { Served } from './controls.ts';

/** Bound on what one instance keeps between two readings: far above what it can serve in that time. */
const MOST_KEPT = 100_000;

/** Keeps the requests that an instance served until the harness reads them. Beyond the bound they are not counted. */
export class ServedLog {
  private kept: Served[] = [];

  add(served: Served): void {
    if (this.kept.length < MOST_KEPT) this.kept.push(served);
  }

  /** What was served since the last call. */
  drain(): readonly Served[] {
    return this.kept.splice(0);
  }
}
