import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { needs } from '../../../testing/needs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { findOurs } from '../sweep/find-ours.ts';
import { type EngineRelay, openEngineRelay } from '../testing/engine-relay.ts';
import { sweepDeps, testEngine, testRun } from '../testing/test-engine.ts';
import { EngineGoneError, engineError } from './engine-error.ts';

const engineTest = needs('engine');
const socket = join(temporaryFolder(), 'engine.sock');
const real = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
const relays: EngineRelay[] = [];
if (existsSync(real)) {
  // The engine is shared with other tests: what comes and goes here is a relay before it.
  relays.push(await openEngineRelay(socket, real));
  process.env.DOCKER_HOST = `unix://${socket}`;
}
afterAll(() => {
  for (const relay of relays) relay.close();
});

engineTest(
  'an engine that stops answering is told apart from one that refuses, and is used again once it is back',
  async () => {
    const engine = await testEngine(testRun('gone'));
    const { docker } = sweepDeps(engine.client.container.dockerode);
    const refused = engine.exec('0'.repeat(64), ['true']);
    await expect(refused).rejects.toMatchObject({ kind: 'environment', name: 'HarnessError' });

    relays.pop()?.close();
    await expect(engine.logs('0'.repeat(64))).rejects.toBeInstanceOf(EngineGoneError);
    await expect(findOurs(docker)).rejects.toThrow('the Docker engine does not answer');
    await expect(findOurs(docker)).rejects.toMatchObject({
      hint: expect.stringContaining('brakecheck clean'),
    });

    relays.push(await openEngineRelay(socket, real));
    expect(await findOurs(docker)).toBeInstanceOf(Array);
  },
);

engineTest('an engine that hangs up in mid-answer has gone away too', async () => {
  const engine = await testEngine(testRun('gone'));
  const { docker } = sweepDeps(engine.client.container.dockerode);
  // Events never end by themselves: this is a request that is still open when the engine goes.
  const events = (await docker.getEvents()) as NodeJS.ReadableStream;
  const ended = new Promise<Error>(resolve => events.on('error', resolve));
  relays.pop()?.close();
  expect(engineError('watch the engine', await ended)).toBeInstanceOf(EngineGoneError);
  relays.push(await openEngineRelay(socket, real));
});
