import { expect, test } from 'vitest';
import { createRealClock } from '../../cli/real-clock.ts';
import { createRng } from '../../kernel/rng.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import type { Build } from '../../ports/stack.ts';
import { contractBuild, FRONT, SHELF } from '../contract-service.ts';
import { contractWorld } from '../testing/contract-world.ts';
import { startLocalStack } from './local-stack.ts';

test('an instance that fails to stop is told of, and everything else is gone all the same', async () => {
  const stack = await open();
  const urls = Object.values(stack.edges());
  await startCell(
    stack,
    withStop(async () => Promise.reject(new Error('it would not go'))),
    'east',
  );
  await startCell(stack, contractBuild(FRONT), 'east');
  await expect(stack.stopAll()).rejects.toThrow('it would not go');
  expect(stack.slots()).toEqual([]);
  expect(await stack.connections()).toEqual({ 'production/east': 0 });
  for (const url of urls) await expect(fetch(url)).rejects.toThrow();
});

test('an instance that never stops is given up', async () => {
  const stack = await open();
  await startCell(
    stack,
    withStop(() => new Promise(() => undefined)),
    'east',
  );
  await expect(stack.stopAll()).rejects.toThrow('did not stop within');
  expect(await stack.connections()).toEqual({ 'production/east': 0 });
});

test('a build that cannot be made into an instance leaves the slot as it was', async () => {
  const stack = await open();
  const { definition } = contractBuild(SHELF);
  const create = () => {
    throw new Error('no such setting');
  };
  await expect(
    startCell(stack, { ...contractBuild(SHELF), definition: { ...definition, create } }, 'east'),
  ).rejects.toThrow('no such setting');
  expect(stack.slots()).toMatchObject([{ slot: `production:${SHELF}/east`, instances: [] }]);
  await stack.stopAll();
});

test('what is being started when all is stopped is stopped too', async () => {
  const stack = await open();
  const cell = startCell(stack, contractBuild(FRONT), 'east');
  const gone = expect(cell).rejects.toThrow();
  await stack.stopAll();
  await gone;
  expect(stack.slots()).toEqual([]);
});

function open(): Promise<LiveStack> {
  return startLocalStack({ world: contractWorld(), rng: createRng('clean-up'), real: createRealClock() });
}

function withStop(stop: () => Promise<void>): Build {
  const build = contractBuild(SHELF);
  const { definition } = build;
  return {
    ...build,
    definition: { ...definition, create: context => ({ ...definition.create(context), stop }) },
  };
}

async function startCell(stack: LiveStack, build: Build, region: string): Promise<void> {
  const { service } = build;
  const slot = `production:${service}/${region}`;
  await stack.provision({ slot, environment: 'production', service, region }, build);
  const id = await stack.start({ slot, build, config: {} });
  await stack.warm(id);
  await stack.call(slot, new Request(`http://${service}/items`));
}
