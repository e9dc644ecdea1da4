import { drawDelayMs } from './declared-time.ts';
import type { PeopleContext } from './people-context.ts';

/** A report that support passes on. */
interface CustomerReport {
  readonly region: string;
  /** When customers began to suffer, ms. */
  readonly sinceMs: number;
}

export interface CustomerReports {
  /** Says how customers of a region fare now; hands back the report that is due, if one is. */
  hear(region: string, isHit: boolean): CustomerReport | null;
  /** Forgets what was complained of: somebody is at it. */
  taken(region: string): void;
}

/**
 * Customers tell support in the end: `customersReport` after they began to suffer, if they still do and nobody has
 * noticed by then.
 */
export function createCustomerReports({ clock, rng, world }: PeopleContext): CustomerReports {
  const waiting = new Map<string, { readonly sinceMs: number; readonly dueMs: number }>();
  const counts = new Map<string, number>();
  return {
    hear: (region, isHit) => {
      const nowMs = clock.nowMs();
      const complaint = waiting.get(region);
      if (!isHit) {
        waiting.delete(region);
        return null;
      }
      if (complaint === undefined) {
        const nth = counts.get(region) ?? 0;
        counts.set(region, nth + 1);
        const { customersReport } = world.people.responders;
        const delayMs = drawDelayMs(rng.fork('people/customers'), customersReport, `${region}/${nth}`);
        waiting.set(region, { sinceMs: nowMs, dueMs: nowMs + delayMs });
        return null;
      }
      if (nowMs < complaint.dueMs) return null;
      waiting.delete(region);
      return { region, sinceMs: complaint.sinceMs };
    },
    taken: region => {
      waiting.delete(region);
    },
  };
}
