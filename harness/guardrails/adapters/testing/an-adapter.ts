import { onTestFinished } from 'vitest';
import { createOutside } from '../../../cli/outside/create-outside.ts';
import { realDeadline } from '../../../cli/real-deadline.ts';
import type { GuardedAction } from '../../../ports/action.ts';
import type { GuardrailEntry } from '../../../ports/guardrail.ts';
import type { Asked } from '../../host/table.ts';
import { aChain, anEntry, type ChainForTest } from '../../testing/a-chain.ts';
import { anAction } from '../../testing/an-action.ts';
import { createAdapterLoader } from '../adapter-loader.ts';
import { adapterGuardrails } from '../registry.ts';

export interface AdapterForTest extends ChainForTest {
  /** The journaled answer to this action, and what it counted as. */
  readonly ask: (action?: GuardedAction) => Promise<Record<string, unknown>>;
  readonly asked: readonly Asked[];
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the profile. */
  readonly baseDir?: string;
}

/** A chain with one adapter at every door, over the real world outside. */
export async function anAdapter(
  use: string,
  options: Readonly<Record<string, unknown>>,
  changes: Partial<GuardrailEntry> & Surroundings = {},
): Promise<AdapterForTest> {
  const { env = {}, baseDir = '.', ...entry } = changes;
  const { outside, close } = createOutside(baseDir, { PATH: process.env.PATH, ...env });
  const asked: Asked[] = [];
  const made = await aChain([anEntry(use, { options, ...entry })], [], undefined, {
    adapters: clock =>
      createAdapterLoader({
        definitions: adapterGuardrails(),
        outside,
        realDeadline,
        waitOutside: answer => clock.waitOutside(answer),
        close,
      }),
    onAsked: one => asked.push(one),
  });
  onTestFinished(() => made.chain.close());
  return {
    ...made,
    asked,
    ask: async (action = anAction()) => {
      await made.chain.rule(action);
      const last = made.events().findLast(event => event.type === 'guardrail-answered');
      return { ...(last?.answer as object), countedAs: last?.countedAs };
    },
  };
}
