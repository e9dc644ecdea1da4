import type { z } from 'zod';
import type { Decision, GuardedAction, GuestFault } from '../../ports/action.ts';
import type { GateRuling, RolloutGate } from '../../ports/guardrail.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Translator } from './translation/translator.ts';

/** What passes between an adapter and the user's guardrail, noted as it happens, so that `explain` can show it even when it fails. */
export interface Notes {
  /** The request exactly as sent; secrets are redacted by the host. */
  sent(request: unknown): void;
  /** The reply as it came, before anything is made of it. */
  received(response: unknown): void;
}

/**
 * What an adapter makes of a reply. `undefined` means that the user's guardrail answered properly and ruled nothing;
 * `why` then says what it said instead. A guardrail that failed to answer is an `AdapterFault`, never an answer.
 */
export interface AdapterAnswer<T> {
  readonly answer: T | undefined;
  readonly why?: string;
}

/** A connection to the user's guardrail. Each method belongs to a power of the definition. */
export interface AdapterInstance {
  decide?(action: GuardedAction, notes: Notes): Promise<AdapterAnswer<Decision>>;
  gateRollout?(gate: RolloutGate, notes: Notes): Promise<AdapterAnswer<GateRuling>>;
  close(): Promise<void>;
}

interface AdapterDeps {
  readonly outside: Outside;
  /** Turns our words into the user's, by the map that the option `map` names; in our own words without one. */
  readonly words: Translator;
  /** World time, ms since the start of the run. */
  readonly nowMs: () => number;
  /** Most real time for one answer: the entry's `timeLimit`. */
  readonly timeLimitMs: number;
}

/** A way of asking a guardrail that the user runs already. A plain object, no registration, no state. */
export interface AdapterDefinition<Options extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence for help and reports. */
  readonly summary: string;
  /** Where the guardrail is that it asks: a service over HTTP, a program, or an engine in this process with files. */
  readonly home: 'service' | 'program' | 'engine';
  readonly options: Options;
  /** Files that the options name, the map included, from the profile's folder: they must exist, and belong to the profile's digest. */
  files(options: z.infer<Options>): readonly string[];
  /** What it can be asked with these options; left out: actions only. */
  powers?(options: z.infer<Options>): { readonly decide: boolean; readonly gateRollout: boolean };
  /** Rejects when it cannot begin: the guardrail then counts as not loaded. */
  open(options: z.infer<Options>, deps: AdapterDeps): Promise<AdapterInstance>;
}

/** Identity helper: gives the definition its type. `open` receives the options as `options` has parsed them. */
export function defineAdapter<Options extends z.ZodType>(
  definition: AdapterDefinition<Options>,
): AdapterDefinition<Options> {
  return definition;
}

interface FaultDetails {
  /** A clause for the journal: "its reply has no decision". Cleaned by the host. */
  readonly reason: string;
  /** What the failure means at the user's enforcement point, where its protocol fixes it whatever the profile says. */
  readonly countsAs?: 'open' | 'closed';
}

/** The user's guardrail failed to answer: an error, kept apart from "undefined" and from a denial. */
export class AdapterFault extends Error {
  readonly fault: GuestFault;
  readonly countsAs: 'open' | 'closed' | null;

  constructor(fault: GuestFault, details: FaultDetails) {
    super(details.reason);
    this.name = 'AdapterFault';
    this.fault = fault;
    this.countsAs = details.countsAs ?? null;
  }
}
