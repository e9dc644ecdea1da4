import type { ArmStatus } from '../journal/events.ts';
import type { ErrorKind } from '../kernel/errors.ts';
import type { Plan } from '../plan/plan.ts';

/** One arm to run in a worker. */
export interface ArmJob {
  readonly plan: Plan;
  readonly buildFolders: readonly string[];
  /** Folder of the profile's file: paths of the user's own guardrail modules are relative to it. */
  readonly moduleFolder: string;
  /** Journal file to write; null keeps the journal in memory and sends it back. */
  readonly journalPath: string | null;
  /** Ends the arm as soon as the mistake's script has ended without any change of the world: for re-runs. */
  readonly untilHarmless: boolean;
}

export type ArmMessage =
  | { readonly kind: 'progress'; readonly atMs: number }
  | {
      readonly kind: 'finished';
      readonly status: ArmStatus;
      readonly reason: string;
      readonly leftBehind: number;
      readonly digest: string;
      /** The journal's text, when it was kept in memory. */
      readonly journal: string | null;
    }
  | {
      readonly kind: 'broken';
      readonly errorKind: ErrorKind;
      readonly message: string;
      readonly hint: string | undefined;
      readonly stack: string | undefined;
    };

/** Index of the stop flag in the shared memory that every worker looks at between two tasks. */
export const STOP_FLAG = 0;
