import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { needs } from '../../../testing/needs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import type { ContainerEngine } from '../engine/container-engine.ts';
import { LABEL, labelsOf, type RunIdentity } from '../engine/labels.ts';
import { sweepAfterwards } from '../testing/sweep-afterwards.ts';
import { imageTag, sweepDeps, testEngine, testRun } from '../testing/test-engine.ts';
import { findOurs } from './find-ours.ts';
import { type Machine, ownerOf, thisMachine } from './owner.ts';
import { planSweep, sweep } from './sweep.ts';

const containersTest = needs('containers');
const folder = temporaryFolder();
/** A machine that only these tests know: what is dead here is another machine's to every sweep beside them. */
const machine: Machine = { ...thisMachine(), host: `test-${process.pid}` };
const owner = ownerOf(process.pid, machine);
const live: RunIdentity = { ...testRun('live'), owner };
const dead: RunIdentity = { ...testRun('dead'), owner: { ...owner, started: '1' } };
const foreign: RunIdentity = { ...testRun('foreign'), owner: { ...owner, host: 'another-machine' } };
const [left, right] = [testRun('left'), testRun('right')];
for (const run of [live, dead, foreign, left, right]) sweepAfterwards(run);

containersTest(
  'a dead run loses its containers, networks and volumes; a live one and another machine’s keep theirs',
  async () => {
    const runs = await Promise.all([live, dead, foreign].map(fill));
    const deps = sweepDeps((runs[0] as ContainerEngine).client.container.dockerode, machine);

    const plan = await planSweep({ of: 'dead' }, deps);
    expect(plan.removed.filter(({ runId }) => runId === dead.runId)).toHaveLength(3);
    expect(await kindsOf(dead, deps)).toEqual(['container', 'network', 'volume']);

    const report = await sweep({ of: 'dead' }, deps);
    const mine = report.kept.filter(({ runId }) => runId === live.runId);
    expect(report.failed).toEqual([]);
    expect(await kindsOf(dead, deps)).toEqual([]);
    expect(await kindsOf(live, deps)).toEqual(['container', 'network', 'volume']);
    expect(await kindsOf(foreign, deps)).toEqual(['container', 'network', 'volume']);
    expect(
      mine
        .map(({ because }) => because)
        .sort()
        .at(0),
    ).toContain('its run belongs to process');
    expect(
      mine
        .map(({ because }) => because)
        .sort()
        .at(-1),
    ).toContain(`still going, as process ${process.pid}`);
  },
);

containersTest('a run sweeps what is its own, part by part, and nothing of the run beside it', async () => {
  const engines = await Promise.all([fill(left), fill(right)]);
  const deps = sweepDeps((engines[0] as ContainerEngine).client.container.dockerode, machine);
  await sweep({ of: 'run', runId: left.runId, owner: left.owner, part: 'left' }, deps);
  expect(await kindsOf(left, deps)).toEqual([]);
  expect(await kindsOf(right, deps)).toEqual(['container', 'network', 'volume']);
  const report = await sweep({ of: 'run', runId: right.runId, owner: right.owner, part: 'right' }, deps);
  expect(report.removed).toHaveLength(3);
  expect(await kindsOf(right, deps)).toEqual([]);
});

containersTest('a container that somebody made from one of our images is nobody’s leftover', async () => {
  const engine = await testEngine(live);
  const docker = engine.client.container.dockerode;
  const image = await imageTag(engine, 'runtime');
  const theirs = await docker.createContainer({ Image: image });
  try {
    expect((await theirs.inspect()).Config.Labels).toMatchObject({ [LABEL.project]: '1' });
    expect((await findOurs(docker)).map(({ id }) => id)).not.toContain(theirs.id);
  } finally {
    await theirs.remove();
  }
});

containersTest(
  'the logs of a dead run go to its evidence, and never to a folder that is no run’s',
  async () => {
    const evidenceDir = join(folder, 'evidence');
    const run = { ...dead, part: 'logs', evidenceDir };
    const deps = sweepDeps((await fill(run)).client.container.dockerode, machine);
    expect((await sweep({ of: 'dead' }, deps)).logs).toEqual([]);

    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'manifest.json'), '{}');
    await fill(run);
    const { logs } = await sweep({ of: 'dead' }, deps);
    expect(logs).toHaveLength(1);
    expect(readFileSync(logs[0] ?? '', 'utf8')).toContain('last words');
  },
);

/** One container that runs, on a network, and a volume. */
async function fill(run: RunIdentity): Promise<ContainerEngine> {
  const engine = await testEngine(run);
  const network = await engine.network('inside', true);
  await engine.client.container.dockerode.createVolume({
    Name: `brakecheck-${run.runId}-${run.part}`,
    Labels: labelsOf(run, 'data'),
  });
  await engine.start([
    {
      role: 'sleeper',
      image: await imageTag(engine, 'runtime'),
      networks: [{ network, aliases: [] }],
      command: ['-e', 'console.log("last words"); setInterval(() => {}, 1000)'],
      memoryBytes: 64e6,
      readyLog: /last words/,
    },
  ]);
  return engine;
}

async function kindsOf(run: RunIdentity, { docker }: ReturnType<typeof sweepDeps>): Promise<string[]> {
  const found = await findOurs(docker);
  return found.filter(({ runId, part }) => runId === run.runId && part === run.part).map(({ kind }) => kind);
}
