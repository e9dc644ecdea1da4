import type { z } from 'zod';
import type { Constraints, Decision, Door, GuardedAction, Params } from './action.ts';
import type { CellTelemetry, TelemetryWindow } from './telemetry.ts';

/** All that a guardrail is given besides the questions it is asked. */
export interface GuardrailContext {
  /** World time, ms since the start of the run. */
  nowMs(): number;
}

/** A pause between two waves of a roll-out, at which a guardrail may look and rule. */
export interface RolloutGate {
  readonly rolloutId: string;
  readonly service: string;
  readonly region: string;
  readonly build: string;
  /** Index of the wave that has just baked, from 0. */
  readonly wave: number;
  /** Share of traffic on the new build during this wave, 0–1. */
  readonly trafficShare: number;
  readonly observedMs: number;
  readonly before: CellTelemetry | null;
  readonly baseline: CellTelemetry | null;
  readonly canary: CellTelemetry | null;
}

export type GateRuling = {
  readonly ruling: 'advance' | 'hold' | 'roll-back';
  readonly reason: string;
};

/** An order to contain: carried out through the control plane like any other action, as this guardrail's own. */
export interface ContainmentOrder {
  readonly verb: string;
  readonly resource: string;
  readonly params: Params;
  readonly because: string;
}

/** An alarm that a guardrail raises or takes back. It pages people; it changes nothing. */
export interface RaisedAlarm {
  readonly alarm: string;
  /** What it speaks of: a cell, a region, a roll-out. */
  readonly subject: string;
  readonly phase: 'fired' | 'resolved';
  readonly observed: number;
  readonly threshold: number;
}

/** What came of looking at one telemetry window: nothing, orders to contain, alarms. */
export type WatchAnswer = readonly (ContainmentOrder | RaisedAlarm)[];

/** A running guardrail: it has at least one of the three powers. State belongs here, never to the definition. */
export interface GuardrailInstance {
  /** Rules on an action. Must have no side effect: it may be asked about an action that another guardrail refused. */
  decide?(action: GuardedAction): Decision | undefined | Promise<Decision | undefined>;
  /** Told of every action that was carried out, so that caps per window can be counted. */
  carriedOut?(action: GuardedAction): void;
  /** Gives the waves by which roll-outs at its doors go. Absent: whatever the request says. */
  rolloutPlan?: Constraints;
  /** Rules between two waves. */
  gateRollout?(gate: RolloutGate): GateRuling | Promise<GateRuling>;
  /** Sees each telemetry window; may order containment and raise alarms. */
  watch?(window: TelemetryWindow): WatchAnswer | Promise<WatchAnswer>;
}

/**
 * Which way an option protects more. `up`: larger, longer, later in its list of words, on, all words of a list; `down`:
 * the opposite, an emptied list; `none`: neither; or the values that protect more, as a file writes them.
 */
export type Tightening = 'up' | 'down' | 'none' | readonly unknown[];

/** A guardrail as its author writes it: a plain object, no registration, no state. */
export interface GuardrailDefinition<Options extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence for help and reports. */
  readonly summary: string;
  readonly options: Options;
  /** By option, `list.field` for fields of a list's entries. Of those left out, `advise` tries both ways. */
  readonly tighten?: Readonly<Record<string, Tightening>>;
  create(options: z.infer<Options>, context: GuardrailContext): GuardrailInstance;
}

/** A guardrail's place in a profile. */
export interface GuardrailEntry {
  /** Its name in journal and reports, unique in the profile. */
  readonly id: string;
  /** A built-in's name, or a path to a module, starting with `./` or `/`. */
  readonly use: string;
  readonly doors: readonly Door[];
  /** Kinds of actors it rules on. */
  readonly actors: readonly ('agent' | 'person' | 'automation' | 'guardrail')[];
  readonly options: Readonly<Record<string, unknown>>;
  /** What its failure means at the enforcement point. */
  readonly onFailure: 'open' | 'closed';
  /** Most real time for one answer, ms. */
  readonly timeLimitMs: number;
}
