import { createJournal, memorySink } from '../../journal/writer.ts';
import { createRng } from '../../kernel/rng.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { DOORS } from '../../ports/action.ts';
import type { GuardrailDefinition, GuardrailEntry, RaisedAlarm } from '../../ports/guardrail.ts';
import type { GuardrailChain } from '../../ports/guardrail-chain.ts';
import type { World } from '../../scenario/world-schema.ts';
import {
  type AdapterLoader,
  createGuardrailChain,
  type GuestLoader,
  type WrapSeat,
} from '../create-chain.ts';
import type { Asked } from '../host/table.ts';
import { builtInGuardrails } from '../registry.ts';

export interface ChainForTest {
  readonly chain: GuardrailChain;
  readonly clock: VirtualClock;
  /** Events written so far, without their envelopes' types spelled out. */
  readonly events: () => readonly Record<string, unknown>[];
  readonly alarms: readonly RaisedAlarm[];
}

/** A profile's entry: at every door, for every actor but guardrails, failing closed, unless `changes` says otherwise. */
export function anEntry(use: string, changes: Partial<GuardrailEntry> = {}): GuardrailEntry {
  return {
    id: use.replace(/^.*\//, ''),
    use,
    doors: [...DOORS],
    actors: ['agent', 'person', 'automation'],
    options: {},
    onFailure: 'closed',
    timeLimitMs: 60_000,
    ...changes,
  };
}

interface More {
  readonly adapters?: (clock: VirtualClock) => AdapterLoader;
  readonly onAsked?: (asked: Asked) => void;
  readonly wrapSeat?: WrapSeat;
}

/** A chain over a virtual clock and a journal in memory. `definitions` are added to the built-ins. */
export async function aChain(
  entries: readonly GuardrailEntry[],
  definitions: readonly GuardrailDefinition[] = [],
  guests?: (clock: VirtualClock) => GuestLoader,
  more: More = {},
): Promise<ChainForTest> {
  const clock = new VirtualClock();
  const sink = memorySink();
  const alarms: RaisedAlarm[] = [];
  const chain = await createGuardrailChain({
    entries,
    definitions: new Map([
      ...builtInGuardrails(),
      ...definitions.map(definition => [definition.name, definition] as const),
    ]),
    // The chain looks at no part of the world: what a guardrail knows of it comes with the questions.
    context: {
      clock,
      rng: createRng('test'),
      journal: createJournal(clock, sink),
      world: {} as World,
    },
    ...(guests === undefined ? {} : { guests: guests(clock) }),
    adapters: more.adapters?.(clock),
    onAsked: more.onAsked,
    wrapSeat: more.wrapSeat,
    waitOutside: answer => clock.waitOutside(answer),
    onAlarm: (_guardrail, alarm) => alarms.push(alarm),
  });
  const events = () =>
    sink
      .text()
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Record<string, unknown>);
  return { chain, clock, events, alarms };
}
