import { expect } from 'vitest';
import { createRealClock } from '../../cli/real-clock.ts';
import { createRng } from '../../kernel/rng.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import { needs } from '../../testing/needs.ts';
import { LIVE_CONTRACT } from '../live/live-contract.ts';
import { STACK_CONTRACT, type StackBed } from '../stack-contract.ts';
import { findOurs } from './sweep/find-ours.ts';
import { openContractStack } from './testing/contract-stack.ts';
import { sweepAfterwards } from './testing/sweep-afterwards.ts';
import { testEngine, testRun } from './testing/test-engine.ts';

const containersTest = needs('containers');
const run = testRun('contract');
sweepAfterwards(run);

async function withStack(
  work: (bed: StackBed & { readonly stack: LiveStack }) => Promise<void>,
): Promise<void> {
  const real = createRealClock();
  const stack = await openContractStack(run, createRng('contract'), real);
  let passedMs = 0;
  const pass = async (durationMs: number) => {
    passedMs += durationMs;
    await stack.setWorldTime(real.nowMs() + passedMs);
  };
  const perform: StackBed['perform'] = async act => {
    const result = await act();
    await stack.settle();
    return result;
  };
  try {
    await work({ stack, perform, pass });
  } finally {
    await stack.stopAll();
  }
  const left = await findOurs((await testEngine(run)).client.container.dockerode);
  expect(left.filter(({ runId }) => runId === run.runId)).toEqual([]);
}

for (const { name, run: check } of STACK_CONTRACT) containersTest(name, () => withStack(check));
for (const { name, run: check } of LIVE_CONTRACT)
  containersTest(name, () => withStack(({ stack }) => check(stack)));
