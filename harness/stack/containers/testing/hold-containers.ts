/**
 * A run in a process of its own that waits to be killed: `node hold-containers.ts <run id> [host]` prints `up` once it holds
 * all. As another host's, no sweep of this one touches it.
 * Ryuk watches over it where RYUK_CONTAINER_IMAGE names its image.
 */
import { tmpdir } from 'node:os';
import { makeOwnedFolder } from '../sweep/owned-folders.ts';
import { ownerOf, thisMachine } from '../sweep/owner.ts';
import { imageTag, testEngine } from './test-engine.ts';

const here = thisMachine();
const [runId = 'held', host = here.host] = process.argv.slice(2);
const run = { runId, part: 'held', owner: ownerOf(process.pid, { ...here, host }), evidenceDir: null };
const engine = await testEngine(run, process.env.RYUK_CONTAINER_IMAGE ?? null);
process.stdout.write(`${makeOwnedFolder(tmpdir(), run)}\n`);
await engine.volume('data');
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
