import type { WorldClock } from '../../ports/run-context.ts';

/** World time within which changes share one sample, ms. */
const TOGETHER_MS = 2_000;
/** Most changes that a sample names as its reason. */
const MOST_NAMED = 12;

/** What has changed since the last sample, and where. */
export interface PendingChanges {
  readonly regions: ReadonlySet<string>;
  /** What was done, oldest first. */
  readonly reasons: readonly string[];
}

/** Keeps what changed in a live world, and says when it is time to look at what came of it. */
export class Changes {
  private readonly clock: WorldClock;
  private regions = new Set<string>();
  private reasons: string[] = [];
  private due = false;

  constructor(clock: WorldClock) {
    this.clock = clock;
  }

  /** The time has come to sample: changes that belong together have been made. */
  get isDue(): boolean {
    return this.due;
  }

  /** Notes a change that shoppers of the region may meet. */
  note(region: string, what: string): void {
    if (this.regions.size === 0) {
      this.clock.at(this.clock.nowMs() + TOGETHER_MS, () => {
        this.due = this.regions.size > 0;
      });
    }
    this.regions.add(region);
    if (this.reasons.length < MOST_NAMED && this.reasons.at(-1) !== what) this.reasons.push(what);
  }

  /** Calls for a sample before anything else happens. */
  hurry(): void {
    this.due = this.regions.size > 0;
  }

  /** Hands over what has gathered, and starts anew. */
  take(): PendingChanges {
    const taken = { regions: this.regions, reasons: this.reasons };
    this.regions = new Set();
    this.reasons = [];
    this.due = false;
    return taken;
  }
}
