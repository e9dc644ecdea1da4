import { expect } from 'vitest';
import { createRng } from '../../kernel/rng.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import { needs } from '../../testing/needs.ts';
import { contractBuild, FRONT, SHELF } from '../contract-service.ts';
import { openContractStack } from './testing/contract-stack.ts';
import { sweepAfterwards } from './testing/sweep-afterwards.ts';
import { testEngine, testRun } from './testing/test-engine.ts';

const containersTest = needs('containers');
const run = testRun('cables');
sweepAfterwards(run);

containersTest('a cut takes the caller’s way to an address, and disturbs nobody else', async () => {
  const stack = await openContractStack(run, createRng('cables'));
  try {
    const shelf = await startCell(stack, SHELF);
    const first = await startCell(stack, FRONT);
    expect(await dial(FRONT, SHELF)).toBe('connected');

    stack.cut('east', FRONT, SHELF, true);
    await stack.settle();
    expect(await dial(FRONT, SHELF)).toBe('EHOSTUNREACH');
    expect((await stack.call(`production:${SHELF}/east`, new Request('http://shelf/items'))).status).toBe(
      200,
    );

    // One that starts while the link is cut is not let on it either, and one that starts at its far end not reached.
    await stack.stop(first);
    await startInstance(stack, FRONT);
    expect(await dial(FRONT, SHELF)).toBe('EHOSTUNREACH');
    await stack.stop(shelf);
    await startInstance(stack, SHELF);
    expect(await dial(FRONT, SHELF)).toBe('EHOSTUNREACH');

    stack.cut('east', FRONT, SHELF, false);
    await stack.settle();
    expect(await dial(FRONT, SHELF)).toBe('connected');
  } finally {
    await stack.stopAll();
  }
});

async function startCell(stack: LiveStack, service: string): Promise<string> {
  const slot = { slot: `production:${service}/east`, environment: 'production', service, region: 'east' };
  await stack.provision(slot, contractBuild(service));
  return startInstance(stack, service);
}

function startInstance(stack: LiveStack, service: string): Promise<string> {
  return stack.start({ slot: `production:${service}/east`, build: contractBuild(service), config: {} });
}

/** What comes of a bare TCP connection from one service's container to the address at which another answers. */
async function dial(from: string, to: string): Promise<string> {
  const engine = await testEngine(run);
  const docker = engine.client.container.dockerode;
  const ours = await docker.listContainers({ filters: { label: [`brakecheck.run=${run.runId}`] } });
  const find = (service: string) =>
    ours.find(({ Labels }) => (Labels['brakecheck.role'] ?? '').startsWith(`${service}/`));
  const [network] = Object.values(find(to)?.NetworkSettings.Networks ?? {});
  const code = `
    const socket = require('node:net').connect({ host: '${network?.IPAddress}', port: 8080, timeout: 2000 });
    const end = word => { console.log(word); process.exit(); };
    socket.on('connect', () => end('connected')).on('error', error => end(error.code)).on('timeout', () => end('silence'));`;
  const { stdout } = await engine.exec(find(from)?.Id ?? '', ['node', '--input-type=commonjs', '-e', code]);
  return stdout.trim();
}
