/** Who a mark belongs to. `world`: steady state, inventory, moments and the end. */
export const LANES = ['agent', 'guardrails', 'people', 'world'] as const;
export type Lane = (typeof LANES)[number];

/** How bad it is for the company; every tone has a glyph and a word besides its colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain';

/** One event of a lane, in one line. The full record is the journal's line `seq`. */
export interface EventMark {
  readonly seq: number;
  readonly atMs: number;
  /** When the span that ends here began; null for a point in time. */
  readonly fromMs: number | null;
  /** The journal's type. */
  readonly type: string;
  /** What to look for when jumping: `denied`, `noticed`, `rolled-back`, `fired`, … */
  readonly kind: string;
  readonly lane: Lane;
  readonly tone: Tone;
  /** The action that it belongs to; null for none. */
  readonly action: string | null;
  /** Agent, guardrail or person; empty where nobody is named. */
  readonly who: string;
  /** One safe line of at most 160 characters. */
  readonly label: string;
}

const MOST_EVENTS = 4_000;
const KEPT_FIRST = 2_000;
/** Dropped in one go, so that a long journal does not move the list at every event. */
const DROPPED_AT_ONCE = 1_000;

/** Appends to `events` in place; when there are too many, those between the first and the latest go. Returns how many went. */
export function appendBounded(events: EventMark[], mark: EventMark): number {
  events.push(mark);
  if (events.length <= MOST_EVENTS) return 0;
  events.splice(KEPT_FIRST, DROPPED_AT_ONCE);
  return DROPPED_AT_ONCE;
}
