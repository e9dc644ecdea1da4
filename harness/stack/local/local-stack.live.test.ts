import { test } from 'vitest';
import { createRealClock } from '../../cli/real-clock.ts';
import { createRng } from '../../kernel/rng.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import { LIVE_CONTRACT } from '../live/live-contract.ts';
import { STACK_CONTRACT, type StackBed } from '../stack-contract.ts';
import { contractWorld } from '../testing/contract-world.ts';
import { startLocalStack } from './local-stack.ts';

async function withStack(
  work: (bed: StackBed & { readonly stack: LiveStack }) => Promise<void>,
): Promise<void> {
  const real = createRealClock();
  const stack = await startLocalStack({ world: contractWorld(), rng: createRng('contract'), real });
  let passedMs = 0;
  const pass = async (durationMs: number) => {
    passedMs += durationMs;
    await stack.setWorldTime(real.nowMs() + passedMs);
  };
  try {
    await work({ stack, perform: act => act(), pass });
  } finally {
    await stack.stopAll();
  }
}

for (const { name, run } of STACK_CONTRACT) test(name, () => withStack(run));
for (const { name, run } of LIVE_CONTRACT) test(name, () => withStack(({ stack }) => run(stack)));
