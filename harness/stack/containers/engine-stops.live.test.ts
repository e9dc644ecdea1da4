import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { createRng } from '../../kernel/rng.ts';
import { needs } from '../../testing/needs.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { contractBuild, SHELF } from '../contract-service.ts';
import { EngineGoneError } from './engine/engine-error.ts';
import { findOurs } from './sweep/find-ours.ts';
import { sweep } from './sweep/sweep.ts';
import { openContractStack } from './testing/contract-stack.ts';
import { type EngineRelay, openEngineRelay } from './testing/engine-relay.ts';
import { sweepDeps, testEngine, testRun } from './testing/test-engine.ts';

const containersTest = needs('containers');
const run = testRun('engine-stops');
const socket = join(temporaryFolder(), 'engine.sock');
const real = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
const relays: EngineRelay[] = [];
if (existsSync(real)) {
  relays.push(await openEngineRelay(socket, real));
  process.env.DOCKER_HOST = `unix://${socket}`;
}
afterAll(() => {
  for (const relay of relays) relay.close();
});

containersTest(
  'an engine that stops in the middle is said by its name, and once it is back nothing needs to be left',
  async () => {
    const stack = await openContractStack(run, createRng('stops'));
    const build = contractBuild(SHELF);
    const slot = `production:${SHELF}/east`;
    await stack.provision({ slot, environment: 'production', service: SHELF, region: 'east' }, build);
    const id = await stack.start({ slot, build, config: {} });

    relays.pop()?.close();
    await expect(stack.start({ slot, build, config: {} })).rejects.toBeInstanceOf(EngineGoneError);
    await expect(stack.stop(id)).rejects.toBeInstanceOf(EngineGoneError);
    // Many things fail then; what explains them is told, as trouble of the machine.
    await expect(stack.stopAll()).rejects.toMatchObject({
      name: 'EngineGoneError',
      kind: 'environment',
      hint: expect.stringContaining('brakecheck clean'),
    });

    relays.push(await openEngineRelay(socket, real));
    const { docker } = sweepDeps((await testEngine(run)).client.container.dockerode);
    const left = async () => (await findOurs(docker)).filter(({ runId }) => runId === run.runId);
    expect((await left()).length).toBeGreaterThan(0);
    expect(await sweep({ of: 'run', ...run }, sweepDeps(docker))).toMatchObject({ failed: [] });
    expect(await left()).toEqual([]);
  },
);
