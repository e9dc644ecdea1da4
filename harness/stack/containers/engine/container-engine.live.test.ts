import { expect } from 'vitest';
import { needs } from '../../../testing/needs.ts';
import { fileIn, temporaryFolder } from '../../../testing/temporary-folder.ts';
import { sweepAfterwards } from '../testing/sweep-afterwards.ts';
import { imageTag, testEngine, testRun } from '../testing/test-engine.ts';
import type { ContainerEngine } from './container-engine.ts';
import type { ContainerSpec, EngineNetwork, ExecResult, RunningContainer } from './container-spec.ts';

const containersTest = needs('containers');
const run = testRun('engine');
sweepAfterwards(run);
const folder = temporaryFolder();

/** Answers with its name on port 8080. */
const SERVER = `
import { createServer } from 'node:http';
createServer((_, answer) => answer.end(process.env.NAME)).listen(8080, () => console.log('ready'));
`;

containersTest(
  'what is published answers at 127.0.0.1, and nothing else can be reached from outside',
  async () => {
    const engine = await testEngine(run);
    const inside = await engine.network('shop', true);
    const outside = await engine.network('street', false);
    const [edge, pricing] = await start(engine, [
      server('edge', [outside, inside], { publish: [8080] }),
      server('pricing', [inside]),
    ]);
    expect(await textAt(`http://127.0.0.1:${edge.ports.get(8080)}/`)).toBe('edge');
    expect([...pricing.ports]).toEqual([]);
    const { HostConfig } = await engine.client.container.getById(edge.id).inspect();
    expect(HostConfig.PortBindings).toEqual({ '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '0' }] });
    expect(await ask(engine, edge, 'http://pricing:8080/')).toBe('pricing');
    // An address of the documentation range would do as well, but a gateway that answers shows more.
    expect(await ask(engine, pricing, 'http://192.0.2.1/')).toMatch(/^failed/);
  },
);

containersTest(
  'a container has no root, no capabilities, and cannot write where it was not allowed to',
  async () => {
    const engine = await testEngine(run);
    const network = await engine.network('locked', true);
    const [locked] = await start(engine, [server('locked', [network], { scratch: { '/tmp': 'size=1m' } })]);
    const look = async (code: string) => (await inNode(engine, locked, code)).stdout.trim();
    expect(await look('console.log(process.getuid(), process.getgid())')).toBe('10001 10001');
    expect(
      await look(`console.log(/CapEff:\\s*(\\w+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1])`),
    ).toBe('0000000000000000');
    const write = (path: string) =>
      `try { fs.writeFileSync('${path}', 'x'); console.log('written') } catch (error) { console.log(error.code) }`;
    expect(await look(write('/srv/file'))).toBe('EROFS');
    expect(await look(write('/tmp/file'))).toBe('written');
  },
);

containersTest('an address whose route is taken away cannot be reached until it is given back', async () => {
  const engine = await testEngine(run);
  const network = await engine.network('cable', true);
  const [caller, callee] = await start(engine, [server('caller', [network]), server('callee', [network])]);
  const image = await imageTag(engine, 'runtime');
  const address = callee.addresses.get(network.name) ?? '';
  expect(await engine.addressOn(callee.id, network)).toBe(address);
  expect(await ask(engine, caller, 'http://callee:8080/')).toBe('callee');
  await engine.changeRoutes(caller.id, image, { block: [address], open: [] });
  expect(await ask(engine, caller, 'http://callee:8080/')).toMatch(/^failed/);
  expect(await ask(engine, callee, 'http://callee:8080/')).toBe('callee');
  await engine.changeRoutes(caller.id, image, { block: [], open: [address] });
  expect(await ask(engine, caller, 'http://callee:8080/')).toBe('callee');
});

containersTest(
  'routes that cannot be changed are an error that says why, and of one that has ended they are none',
  async () => {
    const engine = await testEngine(run);
    const network = await engine.network('routes', true);
    const [one] = await start(engine, [server('routed', [network])]);
    const image = await imageTag(engine, 'runtime');
    await expect(engine.changeRoutes(one.id, image, { block: ['nowhere'], open: [] })).rejects.toThrow(
      /could not change the routes of container .*nowhere/s,
    );
    await engine.stop(one.id);
    await engine.changeRoutes(one.id, image, { block: ['10.213.0.9'], open: [] });
  },
);

containersTest(
  'one that does not come up is an error that tells what it said, and stays for its log',
  async () => {
    const engine = await testEngine(run);
    const network = await engine.network('broken', true);
    const broken = {
      ...server('broken', [network]),
      command: ['-e', 'console.error("no luck"); process.exit(3)'],
    };
    const image = await imageTag(engine, 'runtime');
    await expect(engine.start([{ ...broken, image }])).rejects.toThrow(/could not start broken .*no luck/s);
    await expect(engine.start([{ ...broken, image: 'brakecheck/nothing:1' }])).rejects.toMatchObject({
      kind: 'environment',
      message: expect.stringContaining('brakecheck/nothing:1'),
    });
  },
);

containersTest('memory is counted and bounded, and a container that takes more is ended', async () => {
  const engine = await testEngine(run);
  const network = await engine.network('memory', true);
  const [one] = await start(engine, [server('one', [network], { memoryBytes: 64e6 })]);
  const bytes = await engine.memoryBytes([one.id]);
  expect(bytes).toBeGreaterThan(5e6);
  expect(bytes).toBeLessThan(64e6);
  await inNode(engine, one, 'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1))');
  expect((await inNode(engine, one, 'console.log("still here")')).stdout.trim()).toBe('still here');
});

containersTest('one that was removed is gone, and removing it again is no error', async () => {
  const engine = await testEngine(run);
  const network = await engine.network('gone', true);
  const [one] = await start(engine, [server('going', [network])]);
  expect(await engine.logs(one.id)).toContain('ready');
  await engine.stop(one.id);
  expect(await engine.stateOf(one.id)).toMatchObject({ isRunning: false });
  await engine.remove(one.id);
  await engine.remove(one.id);
  expect(await engine.stateOf(one.id)).toBeNull();
});

function server(
  role: string,
  networks: readonly EngineNetwork[],
  more: Partial<ContainerSpec> = {},
): Omit<ContainerSpec, 'image'> {
  return {
    role,
    networks: networks.map(network => ({ network, aliases: [role] })),
    command: ['/srv/main.mjs'],
    files: [{ from: fileIn(folder, 'main.mjs', SERVER), to: '/srv/main.mjs' }],
    env: { NAME: role },
    memoryBytes: 96e6,
    readyLog: /ready/,
    ...more,
  };
}

async function start<const Specs extends readonly Omit<ContainerSpec, 'image'>[]>(
  engine: ContainerEngine,
  specs: Specs,
): Promise<{ [Index in keyof Specs]: RunningContainer }> {
  const image = await imageTag(engine, 'runtime');
  const started = await engine.start(specs.map(spec => ({ ...spec, image })));
  return started as unknown as { [Index in keyof Specs]: RunningContainer };
}

function inNode(engine: ContainerEngine, { id }: RunningContainer, code: string): Promise<ExecResult> {
  return engine.exec(id, ['node', '--input-type=commonjs', '-e', code]);
}

/** The text at a URL as a container sees it, or `failed …`. */
async function ask(engine: ContainerEngine, from: RunningContainer, url: string): Promise<string> {
  const code = `fetch('${url}', { signal: AbortSignal.timeout(3000) }).then(answer => answer.text()).catch(error => 'failed ' + error.name).then(text => { console.log(text); process.exit() })`;
  return (await inNode(engine, from, code)).stdout.trim();
}

async function textAt(url: string): Promise<string> {
  return (await fetch(url)).text();
}
