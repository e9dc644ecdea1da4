import type { ArmStatus } from '../journal/events.ts';
import type { Plan } from '../plan/plan.ts';

/** One arm to run in a worker. */
export interface ArmJob {
  readonly plan: Plan;
  /** Folder that guardrail modules named in the profile are relative to; paths in the plan are already absolute. */
  readonly builds: readonly string[];
  /** Journal file to write; null keeps the journal in memory and sends it back. */
  readonly journalPath: string | null;
}

export type ArmMessage =
  | { readonly kind: 'progress'; readonly atMs: number }
  | {
      readonly kind: 'finished';
      readonly status: ArmStatus;
      readonly reason: string;
      readonly digest: string;
      readonly journal: string | null;
    }
  | {
      readonly kind: 'broken';
      readonly errorKind: 'usage' | 'file' | 'environment' | 'bug';
      readonly message: string;
      readonly hint: string | undefined;
      readonly stack: string | undefined;
    };

/** Index of the stop flag in the shared memory that every worker looks at between two tasks. */
export const STOP_FLAG = 0;
