import { createOutside } from '../cli/outside/create-outside.ts';
import { realDeadline } from '../cli/real-deadline.ts';
import { createAdapterLoader } from '../guardrails/adapters/adapter-loader.ts';
import { adapterGuardrails } from '../guardrails/adapters/registry.ts';
import { createGuardrailChain } from '../guardrails/create-chain.ts';
import { createJournal } from '../journal/writer.ts';
import { createRng } from '../kernel/rng.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { DOORS, type GuardedAction } from '../ports/action.ts';
import type { World } from '../scenario/world-schema.ts';

export interface SeatedAdapter {
  /** Asks as the control plane does: translated, sent, checked, combined, journaled. Rejects where it fails. */
  ask(): Promise<void>;
  /** What it sent last. */
  sent(): unknown;
  close(): Promise<void>;
}

/** One adapter at the table of a profile in `folder`, asked about one action again and again. */
export async function seatAdapter(
  use: string,
  options: Readonly<Record<string, unknown>>,
  { folder, action }: { readonly folder: string; readonly action: GuardedAction },
): Promise<SeatedAdapter> {
  const clock = new VirtualClock();
  const { outside, close } = createOutside(folder, { PATH: process.env.PATH });
  const waitOutside = <T>(answer: Promise<T>) => clock.waitOutside(answer);
  const definitions = adapterGuardrails();
  let last: unknown = null;
  const chain = await createGuardrailChain({
    entries: [
      {
        ...{ id: use, use, options, doors: [...DOORS], actors: ['agent'] },
        ...{ onFailure: 'closed', timeLimitMs: 60_000 },
      },
    ],
    definitions: new Map(),
    context: {
      clock,
      rng: createRng('bench'),
      journal: createJournal(clock, { append: () => undefined }),
      world: {} as World,
    },
    adapters: createAdapterLoader({ definitions, outside, realDeadline, waitOutside, close }),
    waitOutside,
    onAsked: ({ answer, reply }) => {
      if (answer.effect === 'error' || answer.effect === 'undefined') throw new Error(answer.reason);
      last = reply.exchange?.request ?? null;
    },
  });
  return {
    ask: async () => {
      await chain.rule(action);
    },
    sent: () => last,
    close: () => chain.close(),
  };
}
