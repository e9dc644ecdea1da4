import type { JournalEvent } from '../journal/events.ts';
import { HarnessError } from '../kernel/errors.ts';
import { invariant } from '../kernel/invariant.ts';
import { nearestWord } from '../kernel/nearest.ts';
import type { Constraints, Door } from '../ports/action.ts';
import type { GuardrailDefinition, GuardrailEntry, RaisedAlarm } from '../ports/guardrail.ts';
import type { GuardrailChain } from '../ports/guardrail-chain.ts';
import type { RunContext } from '../ports/run-context.ts';
import { askGates } from './host/ask-gates.ts';
import { askWatchers } from './host/ask-watchers.ts';
import { cleanText } from './host/clean-text.ts';
import { combineConstraints } from './host/combine-constraints.ts';
import { guardedView } from './host/guarded-view.ts';
import { createInProcessSeat } from './host/in-process-seat.ts';
import { ruleOnAction } from './host/rule-on-action.ts';
import { brokenSeat, type Seat } from './host/seat.ts';
import type { Asked, SeatedGuardrail, Table } from './host/table.ts';

/**
 * Loads a module of the user's for a profile entry. Never rejects: a module that cannot be loaded is a broken seat. Its
 * seats hold virtual time while they answer.
 */
export interface GuestLoader {
  load(entry: GuardrailEntry): Promise<Seat>;
}

/** Seats guardrails that the user runs already, by adapters. Never rejects; its seats hold virtual time while they answer. */
export interface AdapterLoader {
  /** Names that a profile's `use` may say. */
  readonly names: readonly string[];
  load(entry: GuardrailEntry): Promise<Seat>;
  /** Lets go of connections and programs. */
  close(): Promise<void>;
}

export interface ChainDependencies {
  /** The profile's guardrails in order; options as they stand in the file, not yet parsed. */
  readonly entries: readonly GuardrailEntry[];
  /** The built-ins, by name. */
  readonly definitions: ReadonlyMap<string, GuardrailDefinition>;
  readonly context: RunContext;
  /** Needed when an entry names a module. */
  readonly guests?: GuestLoader;
  /** Needed when an entry names an adapter. Closed with the chain. */
  readonly adapters?: AdapterLoader | undefined;
  /** Holds virtual time until a guest's module is loaded: `VirtualClock.waitOutside`. */
  readonly waitOutside: <T>(answer: Promise<T>) => Promise<T>;
  /** Hears the alarms that guardrails raise, so that people can be paged. */
  readonly onAlarm?: (guardrail: string, alarm: RaisedAlarm) => void;
  /** Hears every question about an action or a gate, with what passed beyond the process: for `explain`. */
  readonly onAsked?: ((asked: Asked) => void) | undefined;
  /** Puts something between the host and a guardrail, loaded or not: for `stress`. */
  readonly wrapSeat?: WrapSeat | undefined;
}

export type WrapSeat = (entry: GuardrailEntry, seat: Seat) => Seat;

/**
 * Seats a profile's guardrails and returns them as the control plane and the conductor use them. A guardrail that
 * fails to load stays at the table as a broken seat and counts by its `onFailure`. Throws a `file` error for an entry
 * that names no built-in, or a module when there is no loader.
 */
export async function createGuardrailChain(dependencies: ChainDependencies): Promise<GuardrailChain> {
  const { entries, context } = dependencies;
  const ids = new Set(entries.map(entry => entry.id));
  invariant(ids.size === entries.length, 'ids of guardrails are unique in a profile');
  for (const entry of entries) assertKnown(entry, dependencies);
  const seats: SeatedGuardrail[] = [];
  for (const entry of entries) seats.push(await takeSeat(entry, dependencies));
  const table: Table = {
    seats,
    failedGates: new Set(),
    watchFailures: new Map(),
    nowMs: () => context.clock.nowMs(),
    write: (event: JournalEvent) => {
      context.journal.write(event);
    },
    onAsked: dependencies.onAsked,
    onAlarm: dependencies.onAlarm ?? (() => {}),
  };
  return {
    rule: action => ruleOnAction(table, action, imposedPlan(seats, action.door)),
    carriedOut: action => tellAll(table, guardedView(action)),
    rolloutPlan: door => imposedPlan(seats, door),
    gate: (door, gate) => askGates(table, door, gate),
    watch: window => askWatchers(table, window),
    close: async () => {
      await Promise.all(seats.map(({ seat }) => seat.close()));
      await dependencies.adapters?.close();
    },
  };
}

function assertKnown(entry: GuardrailEntry, dependencies: ChainDependencies): void {
  if (isModulePath(entry.use)) {
    if (dependencies.guests !== undefined) return;
    throw new HarnessError('file', {
      message: `could not load guardrail "${entry.id}": modules of one's own are switched off here (use: ${entry.use})`,
      hint: 'Use a built-in guardrail, or run the profile from the command line.',
    });
  }
  const legal = [...dependencies.definitions.keys(), ...(dependencies.adapters?.names ?? [])];
  if (legal.includes(entry.use)) return;
  const nearest = nearestWord(entry.use, legal);
  throw new HarnessError('file', {
    message: `could not load guardrail "${entry.id}": there is no "${entry.use}" (there are: ${legal.join(', ')})`,
    hint:
      nearest === null ? 'A module of your own is named by a path: ./name.js' : `Did you mean "${nearest}"?`,
  });
}

async function takeSeat(entry: GuardrailEntry, dependencies: ChainDependencies): Promise<SeatedGuardrail> {
  const { context, definitions, guests, waitOutside, wrapSeat = (_entry, seat) => seat } = dependencies;
  const definition = definitions.get(entry.use);
  if (!isModulePath(entry.use) && definition !== undefined) {
    const seat = createInProcessSeat(definition, entry.options, { nowMs: () => context.clock.nowMs() });
    return seated(entry, wrapSeat(entry, seat), context);
  }
  const loader = isModulePath(entry.use) ? guests : dependencies.adapters;
  invariant(loader !== undefined, 'a module or adapter is named only where there is a loader');
  return seated(entry, wrapSeat(entry, await waitOutside(loader.load(entry))), context);
}

function seated(entry: GuardrailEntry, seat: Seat, context: RunContext): SeatedGuardrail {
  if (seat.failure !== null) {
    const reason = cleanText(seat.failure);
    context.journal.write({
      type: 'guardrail-answered',
      guardrail: entry.id,
      about: 'create',
      subject: null,
      answer: { effect: 'error', fault: 'not-loaded', reason },
      countedAs: 'nothing',
    });
    return { entry, seat: brokenSeat(reason) };
  }
  return { entry, seat };
}

/** Waves that the guardrails at this door impose, combined; null when none does. */
function imposedPlan(seats: readonly SeatedGuardrail[], door: Door): Constraints | null {
  const plans = seats
    .filter(({ entry }) => entry.doors.includes(door))
    .flatMap(({ seat }) => seat.powers.rolloutPlan ?? []);
  return plans.length === 0 ? null : plans.reduce(combineConstraints);
}

function tellAll(table: Table, action: ReturnType<typeof guardedView>): void {
  for (const { entry, seat } of table.seats) {
    if (!seat.powers.carriedOut) continue;
    const trouble = seat.tell(action, table.nowMs());
    if (trouble === null) continue;
    table.write({
      type: 'guardrail-answered',
      guardrail: entry.id,
      about: 'action',
      subject: action.id,
      answer: {
        effect: 'error',
        fault: 'threw',
        reason: cleanText(`told of the action, it threw: ${trouble}`),
      },
      countedAs: 'nothing',
    });
  }
}

function isModulePath(use: string): boolean {
  return use.startsWith('./') || use.startsWith('../') || use.startsWith('/');
}
