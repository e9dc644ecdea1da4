import { expect, test } from 'vitest';
import { runOneArm } from '../testing/run-one-arm.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { createSimStage } from './sim-stage.ts';
import type { StageFactory } from './stage.ts';

test('an arm leaves no slot behind', async () => {
  const { finished } = await runOneArm({ scenario: smallScenario(), arm: 'calm' });
  expect(finished).toMatchObject({ status: 'completed', leftBehind: 0 });
});

test('what a stack does not remove is counted, and not taken for clean', async () => {
  const createStage: StageFactory = (world, rng) => {
    const stage = createSimStage(world, rng);
    stage.stack.stopAll = async () => undefined;
    return stage;
  };
  const { finished } = await runOneArm({ scenario: smallScenario(), arm: 'calm', createStage });
  expect(finished.leftBehind).toBeGreaterThan(0);
});

test('a clean-up that fails is the error of the arm, and is tried once', async () => {
  const lines: string[] = [];
  const createStage: StageFactory = (world, rng) => {
    const stage = createSimStage(world, rng);
    stage.stack.stopAll = async () => {
      lines.push('tried');
      throw new Error('the slot would not go');
    };
    return stage;
  };
  await expect(runOneArm({ scenario: smallScenario(), arm: 'calm', createStage })).rejects.toThrow(
    'would not go',
  );
  expect(lines).toEqual(['tried']);
});
