import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { needs } from '../../../testing/needs.ts';
import { followStream } from '../images/follow-stream.ts';
import { findOurs } from '../sweep/find-ours.ts';
import { imageTag, testEngine, testRun } from '../testing/test-engine.ts';
import type { Docker } from './connect-engine.ts';

const containersTest = needs('containers');
const IMAGE = `brakecheck-test/ryuk-stand-in:${process.pid}`;
const TESTING = fileURLToPath(new URL('../testing', import.meta.url));
const run = testRun('ryuk');
const openDocker = async () => (await testEngine(run)).client.container.dockerode;

afterAll(async () => {
  const docker = await openDocker().catch(() => null);
  if (docker === null) return;
  // Its container ends, and is removed, by itself, once nobody watches any more.
  const own = { all: true, filters: { ancestor: [IMAGE] } };
  await vi.waitUntil(async () => (await docker.listContainers(own)).length === 0, { timeout: 30_000 });
  const images = await docker.listImages({ filters: { reference: [IMAGE] } });
  for (const { Id } of images) await docker.getImage(Id).remove({ force: true });
});

containersTest(
  'where Ryuk is, nothing is left of a run that was killed, though nobody starts again',
  async () => {
    const docker = await openDocker();
    await buildStandIn(docker);
    const runId = `ryuk-${process.pid}`;
    const child = spawn(process.execPath, [`${TESTING}/hold-containers.ts`, runId, 'another-host'], {
      env: { ...process.env, RYUK_CONTAINER_IMAGE: IMAGE, TESTCONTAINERS_RYUK_DISABLED: 'false' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.endsWith('up\n')) resolve();
      });
      child.on('exit', code => reject(new Error(`it ended with ${code} before it was killed`)));
    });
    expect((await leftOf(docker, runId)).sort()).toEqual([
      ...['container', 'container', 'container', 'network', 'volume'],
    ]);
    child.kill('SIGKILL');
    // Ryuk knows of the engine alone.
    rmSync(said.split('\n')[0] ?? '', { recursive: true });
    await expect.poll(() => leftOf(docker, runId), { timeout: 600_000, interval: 500 }).toEqual([]);
  },
);

async function leftOf(docker: Docker, runId: string): Promise<string[]> {
  return (await findOurs(docker)).filter(found => found.runId === runId).map(({ kind }) => kind);
}

/** An image that starts as testcontainers starts Ryuk's: without a command, with the engine's socket. */
async function buildStandIn(docker: Docker): Promise<void> {
  const from = await imageTag(await testEngine(run), 'runtime');
  const stream = await docker.buildImage(
    { context: TESTING, src: ['ryuk-stand-in.ts', 'ryuk-stand-in.Dockerfile'] },
    { t: IMAGE, dockerfile: 'ryuk-stand-in.Dockerfile', buildargs: { FROM: from } },
  );
  await followStream(docker, stream);
}
