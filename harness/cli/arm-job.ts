import type { Drift } from '../guardrails/adapters/replay/drift.ts';
import type { RecordedAnswer } from '../guardrails/adapters/replay/recorded-answers.ts';
import type { StressFault } from '../guardrails/stress/stress-fault.ts';
import type { ArmStatus, GuardrailAnsweredEvent } from '../journal/events.ts';
import type { ErrorKind } from '../kernel/errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { TableAsk, TableReply } from '../run/table.ts';
import type { BrowserUse } from './browser-use.ts';
import type { TableUse } from './table/table-use.ts';

/**
 * How an arm's adapters come to their answers: by asking the user's services, from a journal without asking anybody, or
 * from a journal while the services are asked as well, to compare.
 */
export type AdapterUse =
  | { readonly mode: 'ask' }
  | { readonly mode: 'replay' | 'compare'; readonly answers: readonly RecordedAnswer[] };

export interface ArmStress {
  /** Id of the guardrail in the profile. */
  readonly guardrail: string;
  readonly fault: StressFault;
}

/** One question to a guardrail, as it went out and came back. */
export interface ArmExchange {
  readonly guardrail: string;
  readonly about: 'action' | 'gate';
  /** Id of the action or roll-out. */
  readonly subject: string;
  /** What it was about, in our words. */
  readonly asked: string;
  /** Whether it went beyond the process, through an adapter. */
  readonly isOutside: boolean;
  /** As sent; null when nothing was. */
  readonly request: unknown;
  /** As it came; null when nothing did, or where the answer is all that comes. */
  readonly response: unknown;
  readonly answer: GuardrailAnsweredEvent['answer'];
  readonly countedAs: GuardrailAnsweredEvent['countedAs'];
}

/** One arm to run in a worker. */
export interface ArmJob {
  readonly plan: Plan;
  readonly buildFolders: readonly string[];
  /** Folder of the profile's file: paths of the user's own guardrail modules are relative to it. */
  readonly moduleFolder: string;
  /** Journal file to write; null keeps the journal in memory and sends it back. */
  readonly journalPath: string | null;
  /** Ends the arm as soon as its outcome is certain, see `ArmDeps`: for re-runs. */
  readonly untilHarmless: boolean;
  /** Left out: `ask`. */
  readonly adapters?: AdapterUse;
  /** Keeps every exchange with a guardrail and sends it back: for `explain`. */
  readonly keepExchanges?: boolean;
  /** One guardrail fails in this way throughout; for `stress`, which asks adapters afresh. */
  readonly stress?: ArmStress;
  /** Least real time of one sample of a live stack, ms; left out, `DEFAULT_SAMPLE_MS`. */
  readonly sampleMs?: number;
  /** Left out: everybody is simulated. */
  readonly table?: TableUse;
  /** Left out: nobody comes with a browser. */
  readonly browser?: BrowserUse;
}

/** The table's answer, on its way to the arm that waits for it. */
export interface TableMessage {
  readonly kind: 'table';
  readonly reply: TableReply;
}

export type ArmMessage =
  | { readonly kind: 'progress'; readonly atMs: number }
  | { readonly kind: 'asked'; readonly asked: TableAsk }
  /** Its company is up and has been found in its steady state. */
  | { readonly kind: 'steady' }
  /** Only its clean-up is left. */
  | { readonly kind: 'leaving' }
  | {
      readonly kind: 'finished';
      readonly status: ArmStatus;
      readonly reason: string;
      readonly leftBehind: number;
      readonly digest: string;
      /** The journal's text, when it was kept in memory. */
      readonly journal: string | null;
      /** Empty unless they were to be kept. */
      readonly exchanges: readonly ArmExchange[];
      /** Answers that differ from the recorded ones, when they were compared. */
      readonly drifts: readonly Drift[];
      /** Questions for which the journal had no answer. */
      readonly missing: readonly string[];
    }
  | {
      readonly kind: 'broken';
      readonly errorKind: ErrorKind;
      readonly message: string;
      readonly hint: string | undefined;
      readonly stack: string | undefined;
    };

export const DEFAULT_SAMPLE_MS = 5_000;

/** Index of the stop flag in the shared memory that every worker looks at between two tasks. */
export const STOP_FLAG = 0;
