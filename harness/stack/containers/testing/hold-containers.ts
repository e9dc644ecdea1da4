/** A run in a process of its own that waits to be killed: `node hold-containers.ts <run id>` prints `up` once it holds all. */
import { tmpdir } from 'node:os';
import { labelsOf } from '../engine/labels.ts';
import { makeOwnedFolder } from '../sweep/owned-folders.ts';
import { ownerOf, thisMachine } from '../sweep/owner.ts';
import { imageTag, testEngine } from './test-engine.ts';

const [runId = 'held'] = process.argv.slice(2);
const run = { runId, part: 'held', owner: ownerOf(process.pid, thisMachine()), evidenceDir: null };
const engine = await testEngine(run);
process.stdout.write(`${makeOwnedFolder(tmpdir(), run)}\n`);
await engine.client.container.dockerode.createVolume({
  Name: `brakecheck-${runId}-data`,
  Labels: labelsOf(run, 'data'),
});
const network = await engine.network('held', true);
const image = await imageTag(engine, 'runtime');
await engine.start(
  ['one', 'two', 'three'].map(role => ({
    role,
    image,
    networks: [{ network, aliases: [role] }],
    command: ['-e', 'setInterval(() => {}, 1000)'],
    memoryBytes: 64e6,
  })),
);
process.stdout.write('up\n');
setInterval(() => {}, 1000);
