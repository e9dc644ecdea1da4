import { expect } from 'vitest';
import { createRng } from '../../kernel/rng.ts';
import { needs } from '../../testing/needs.ts';
import { contractBuild, FRONT, SHELF } from '../contract-service.ts';
import { openContractStack } from './testing/contract-stack.ts';
import { sweepAfterwards } from './testing/sweep-afterwards.ts';
import { testEngine, testRun } from './testing/test-engine.ts';

const containersTest = needs('containers');
const run = testRun('agents');
sweepAfterwards(run);

containersTest(
  'an agent’s container reaches the control plane, and no service, database, edge or third party',
  async () => {
    const stack = await openContractStack(run, createRng('agents'));
    try {
      for (const service of [SHELF, FRONT]) await startCell(stack, service);
      const side = await stack.agentSide?.();
      if (side === undefined) throw new Error('agents have a side of their own');
      const answer = await side.ask(
        new Request('http://control-plane/actions', { method: 'POST', body: '{"verb":"x"}' }),
        async request => Response.json({ path: new URL(request.url).pathname, body: await request.json() }),
      );
      expect(await answer.json()).toEqual({ path: '/actions', body: { verb: 'x' } });

      const engine = await testEngine(run);
      const everything = await targetsOf(engine);
      const agent = everything.find(({ role }) => role === 'agent');
      const others = everything.filter(({ role }) => role !== 'agent');
      expect(others.map(({ role }) => role.replace(/ .*/, '')).sort()).toEqual([
        'control-plane',
        'database-production-east',
        'edge/east',
        'edge/west',
        'pricing/east',
        'storefront/east',
      ]);
      const addresses = others.flatMap(({ addresses }) => addresses);
      const reached = await tryAll(engine, agent?.id ?? '', addresses);
      const door = others.find(({ role }) => role === 'control-plane')?.addresses ?? [];
      // Of the door itself: what agents are to reach, and the gate, which wants a token that they do not have.
      expect(reached.filter(target => !door.some(address => target.startsWith(`${address}:`)))).toEqual([]);
      expect(reached.map(target => target.replace(/.*:/, '')).sort()).toEqual(['8080', '9000']);
      expect(await knock(engine, agent?.id ?? '', `${reached[0]?.replace(/:.*/, '')}:9000`)).toBe('407');
      // The harness's own machine, by the address that it has on the agents' network, and by what it has published.
      const gateways = (agent?.addresses ?? []).map(address => address.replace(/\.\d+$/, '.1'));
      const published = Object.values(stack.edges()).map(url => Number(new URL(url).port));
      const outside = gateways.flatMap(gateway => published.map(port => `${gateway}:${port}`));
      expect(await tryTargets(engine, agent?.id ?? '', [...outside, '192.0.2.1:80'])).toEqual([]);
    } finally {
      await stack.stopAll();
    }
  },
);

interface Target {
  readonly id: string;
  readonly role: string;
  readonly addresses: readonly string[];
}

type Engine = Awaited<ReturnType<typeof testEngine>>;

/** Every port that anything of ours listens on. */
const PORTS = [5432, 8080, 9000, 9090];

/** All containers of this test with all their addresses. */
async function targetsOf({ client }: Engine): Promise<readonly Target[]> {
  const docker = client.container.dockerode;
  const ours = await docker.listContainers({ filters: { label: [`brakecheck.run=${run.runId}`] } });
  return ours.map(({ Id, Labels, NetworkSettings }) => ({
    id: Id,
    role: Labels['brakecheck.role'] ?? '',
    addresses: Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress),
  }));
}

function tryAll(engine: Engine, from: string, addresses: readonly string[]): Promise<readonly string[]> {
  return tryTargets(
    engine,
    from,
    addresses.flatMap(address => PORTS.map(port => `${address}:${port}`)),
  );
}

/** Those of the targets that accept a connection from the container. */
async function tryTargets(
  engine: Engine,
  from: string,
  targets: readonly string[],
): Promise<readonly string[]> {
  const code = `
    const net = require('node:net');
    const attempt = target => new Promise(resolve => {
      const [host, port] = target.split(':');
      const socket = net.connect({ host, port: Number(port), timeout: 2000 });
      const end = reached => { socket.destroy(); resolve(reached ? [target] : []); };
      socket.on('connect', () => end(true)).on('error', () => end(false)).on('timeout', () => end(false));
    });
    Promise.all(${JSON.stringify(targets)}.map(attempt)).then(all => console.log(JSON.stringify(all.flat())));`;
  const { stdout } = await engine.exec(from, ['node', '--input-type=commonjs', '-e', code]);
  return JSON.parse(stdout) as string[];
}

/** The status with which a gate answers somebody without the token. */
async function knock(engine: Engine, from: string, gate: string): Promise<string> {
  const [host, port] = gate.split(':');
  const code = `
    require('node:http').request({ host: '${host}', port: ${port}, method: 'CONNECT', path: '127.0.0.1:9090' })
      .on('connect', answer => { console.log(answer.statusCode); process.exit(); }).end();`;
  return (await engine.exec(from, ['node', '--input-type=commonjs', '-e', code])).stdout.trim();
}

async function startCell(stack: Awaited<ReturnType<typeof openContractStack>>, service: string) {
  const build = contractBuild(service);
  const slot = `production:${service}/east`;
  await stack.provision({ slot, environment: 'production', service, region: 'east' }, build);
  await stack.start({ slot, build, config: { name: 'first' } });
}
