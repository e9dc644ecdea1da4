import { onTestFinished } from 'vitest';
import { createOutside } from '../../../cli/outside/create-outside.ts';
import { createJournal, memorySink } from '../../../journal/writer.ts';
import { createRng } from '../../../kernel/rng.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import type { Answer, GuardedAction } from '../../../ports/action.ts';
import type { GuardrailEntry } from '../../../ports/guardrail.ts';
import type { Outside } from '../../../ports/outside.ts';
import type { World } from '../../../scenario/world-schema.ts';
import { createGuardrailChain } from '../../create-chain.ts';
import { builtInGuardrails } from '../../registry.ts';
import { anEntry } from '../../testing/a-chain.ts';
import { createAdapterLoader } from '../adapter-loader.ts';
import { adapterGuardrails } from '../registry.ts';

/** The folder of the worked examples. */
export const EXAMPLES = new URL('../../../../fixtures/guardrails/', import.meta.url).pathname;

export interface SeatedForTest {
  /** Asks about an action as the control plane does. */
  ask(action: GuardedAction): Promise<AskedForTest>;
}

export interface AskedForTest {
  readonly decision: string;
  readonly reason: string;
  readonly demand: unknown;
  /** The last guardrail's answer in the journal, and what it counted as. */
  readonly answer: Answer;
  readonly countedAs: string;
  /** What passed between the last adapter and what it asks. */
  readonly exchange: { readonly request: unknown; readonly response: unknown } | undefined;
}

/** A chain of the entries over the real world outside, from the folder `baseDir`, or over `outside`. */
export async function seatAdapters(
  entries: readonly GuardrailEntry[],
  { outside, baseDir = EXAMPLES }: { readonly outside?: Outside; readonly baseDir?: string } = {},
): Promise<SeatedForTest> {
  const clock = new VirtualClock();
  const sink = memorySink();
  const real = createOutside(baseDir, process.env);
  let exchange: AskedForTest['exchange'];
  const chain = await createGuardrailChain({
    entries,
    definitions: builtInGuardrails(),
    context: { clock, rng: createRng('test'), journal: createJournal(clock, sink), world: {} as World },
    adapters: createAdapterLoader({
      definitions: adapterGuardrails(),
      outside: outside ?? real.outside,
      realDeadline,
      waitOutside: answer => clock.waitOutside(answer),
      close: real.close,
    }),
    waitOutside: answer => clock.waitOutside(answer),
    onAsked: ({ reply }) => {
      exchange = reply.exchange;
    },
  });
  onTestFinished(() => chain.close());
  return {
    ask: async action => {
      const ruling = await chain.rule(action);
      const last = JSON.parse(sink.text().trimEnd().split('\n').at(-1) ?? '{}') as AskedForTest;
      return {
        decision: ruling.decision,
        reason: ruling.reason,
        demand: 'demand' in ruling ? ruling.demand : null,
        answer: last.answer,
        countedAs: last.countedAs,
        exchange,
      };
    },
  };
}

/** One adapter with its options, asked one question. */
export async function askAdapter(
  use: string,
  options: Readonly<Record<string, unknown>>,
  { action, outside, ...changes }: Partial<GuardrailEntry> & { action: GuardedAction; outside?: Outside },
): Promise<AskedForTest> {
  const entry = anEntry(use, { options, ...changes });
  const seated = await seatAdapters([entry], outside === undefined ? {} : { outside });
  return seated.ask(action);
}

/** A world outside that is made of these parts alone; what is missing rejects the test. */
export function anOutside(
  parts: Partial<Outside> & { readonly files?: Readonly<Record<string, string>> },
): Outside {
  const { files = {}, ...rest } = parts;
  const missing = (what: string) => () => Promise.reject(new Error(`nobody expected ${what} here`));
  return {
    http: missing('http'),
    exec: missing('exec'),
    readText: async path => files[path] ?? '',
    readBytes: async path => Buffer.from(files[path] ?? ''),
    secret: () => null,
    redact: text => text,
    ...rest,
  };
}

function realDeadline(durationMs: number, onExpired: () => void): () => void {
  const timer = setTimeout(onExpired, durationMs);
  return () => clearTimeout(timer);
}
