import type { NotificationSpec } from '../../scenario/notification-schema.ts';

export const NOTICE_SCHEMA = 'brakecheck/notification/v1';

export type NoticeEvent = NotificationSpec['on'][number];

/** What somebody is told: the body of a webhook, and what messages are written from. See README.md. Texts are safe to show. */
export interface Notice {
  readonly schema: typeof NOTICE_SCHEMA;
  /** The same however often it is sent, so that a receiver can leave out what it has seen. */
  readonly id: string;
  /** Sent by hand, to see whether it arrives: nothing happened. */
  readonly isTest: boolean;
  /** When it was written, ISO 8601. */
  readonly at: string;
  readonly gameDay: string;
  readonly title: string;
  /** The whole of it in one line. */
  readonly headline: string;
  /** What happened, the worst first. */
  readonly occurrences: readonly Occurrence[];
  /** Occurrences that are not listed. */
  readonly omitted: number;
  /** Null when there is none: it did not run, or this is a test. */
  readonly result: NoticeResult | null;
}

export interface Occurrence {
  /** What it counts as: somebody is told who asked for one of them. */
  readonly events: readonly NoticeEvent[];
  readonly sentence: string;
  readonly scenario: string | null;
  readonly profile: string | null;
  /** Verdict of the newest comparable game day before; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface NoticeResult {
  /** Name of the game day's folder. */
  readonly runId: string;
  /** False: something is left to run, so only what cannot be undone is told. */
  readonly isComplete: boolean;
  readonly verdicts: {
    readonly contained: number;
    readonly escaped: number;
    readonly expected: number;
    readonly inconclusive: number;
    readonly neverRun: number;
  };
  readonly score: number | null;
  readonly exit: { readonly code: number; readonly name: string };
  readonly reasons: readonly string[];
  /** What a verdict holds for, and what it does not. */
  readonly note: string;
}
