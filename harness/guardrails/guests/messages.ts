import { z } from 'zod';

/** What a guest's thread is started with. */
export interface GuestThreadData {
  /** `file:` address of the user's module. */
  readonly moduleUrl: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** To the thread. Only questions are answered. */
export type ToGuest =
  | {
      readonly kind: 'question';
      readonly id: number;
      readonly method: 'decide' | 'gateRollout' | 'watch';
      readonly about: unknown;
      readonly nowMs: number;
    }
  | { readonly kind: 'carried-out'; readonly action: unknown; readonly nowMs: number };

/** Longest answer that leaves the thread, in UTF-16 units of JSON. */
export const LONGEST_ANSWER = 64_000;

/**
 * From the thread. A guest shares it with our own code and could post messages itself, so they are checked like its
 * answers. `json` is the answer as text, null for `undefined`.
 */
export const fromGuestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('loaded'),
    decide: z.boolean(),
    gateRollout: z.boolean(),
    watch: z.boolean(),
    carriedOut: z.boolean(),
    rolloutPlan: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('not-loaded'), reason: z.string() }),
  z.strictObject({ kind: z.literal('answer'), id: z.int(), json: z.string().max(LONGEST_ANSWER).nullable() }),
  z.strictObject({
    kind: z.literal('no-answer'),
    id: z.int(),
    fault: z.enum(['threw', 'nonsense']),
    reason: z.string(),
  }),
]);
export type FromGuest = z.infer<typeof fromGuestSchema>;
