import type { ArmStatus, MomentName } from '../journal/events.ts';
import type { ActionMark } from './action-marks.ts';
import type { ArmIdentity } from './arm-identity.ts';
import type { EventMark } from './event-mark.ts';
import type { GuardrailTally } from './guardrail-tallies.ts';
import { initialShoppers, type ShopperState } from './shopper-series.ts';
import type { WorldMark } from './world-marks.ts';

/**
 * What a reader has to know of one arm, as a pure reduction of its journal: live and replay build it with the same
 * function (`reduceArm`). Its size is bounded whatever the journal's; it is plain data and can be sent as JSON. All text
 * in it has passed `safeText`.
 */
export interface ArmState {
  /** From the header; null before it was read. */
  readonly identity: ArmIdentity | null;
  /** Lines taken in. */
  readonly lines: number;
  /** World time of the latest line, ms. */
  readonly endMs: number;
  /** Lines whose content no version of the format allows: counted, and otherwise left out. */
  readonly unreadable: number;
  readonly gate: { readonly met: boolean; readonly failing: readonly string[] } | null;
  readonly closed: { readonly status: ArmStatus; readonly reason: string } | null;
  readonly moments: Readonly<
    Partial<Record<MomentName, { readonly atMs: number; readonly by: string | null }>>
  >;
  /** What is worth a mark on a lane, in the journal's order. In a long journal the middle ones are dropped. */
  readonly events: readonly EventMark[];
  readonly eventsDropped: number;
  /** Requests with what became of them, the earliest ones. */
  readonly actions: readonly ActionMark[];
  readonly actionsDropped: number;
  /** In the order of the profile. */
  readonly guardrails: readonly GuardrailTally[];
  /** What the inventory said, where it changed. */
  readonly world: readonly WorldMark[];
  readonly shoppers: ShopperState;
}

export const initialArmState: ArmState = {
  identity: null,
  lines: 0,
  endMs: 0,
  unreadable: 0,
  gate: null,
  closed: null,
  moments: {},
  events: [],
  eventsDropped: 0,
  actions: [],
  actionsDropped: 0,
  guardrails: [],
  world: [],
  shoppers: initialShoppers,
};

/** `cut`: the journal ended without its last line, or goes on still. */
export function statusOf(state: ArmState): ArmStatus | 'cut' {
  return state.closed?.status ?? 'cut';
}
