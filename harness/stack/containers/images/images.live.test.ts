import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../../../testing/command-line.ts';
import { needs } from '../../../testing/needs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import { buildImages } from './build-images.ts';
import { imageRecipes } from './image-recipes.ts';
import { imageStates } from './image-states.ts';
import { removeImages } from './remove-images.ts';

const containersTest = needs('containers');
const folder = temporaryFolder();

test('a tag changes with each file that goes into its image, and with nothing else', async () => {
  const root = copyOfSources('tags');
  const tags = async () =>
    Object.fromEntries((await imageRecipes({ root, sharesNode: true })).map(({ name, tag }) => [name, tag]));
  const before = await tags();
  expect(before.runtime).toMatch(/^brakecheck\/runtime:[0-9a-f]{12}$/);
  expect(await tags()).toEqual(before);

  append(join(root, 'fixtures/images/postgres/shop.conf'), '# changed\n');
  const changed = await tags();
  expect(changed.runtime).toBe(before.runtime);
  expect(changed.postgres).not.toBe(before.postgres);

  writeFileSync(join(root, 'node_modules/node/package.json'), '{"version":"24.99.0"}');
  expect((await tags()).runtime).not.toBe(before.runtime);
});

test('an engine that cannot run this machine’s Node.js gets it from the public image of the same version', async () => {
  const [runtime] = await imageRecipes({ root: copyOfSources('public'), sharesNode: false });
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'node_modules/node/package.json'), 'utf8')) as {
    version: string;
  };
  expect(runtime?.args).toEqual({ NODE_IMAGE: `node:${version}-bookworm-slim` });
  expect(runtime?.files).not.toContain('node_modules/node/bin/node');
});

containersTest('what is built from the same sources is not built again', async () => {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const said: string[] = [];
  const images = await buildImages(
    { base: 'auto', rebuild: false },
    {
      client,
      root: PROJECT,
      workFolder: folder,
      env: process.env,
      userId: null,
      say: line => said.push(line),
    },
  );
  expect(images.map(({ name, state, isNew }) => [name, state, isNew])).toEqual([
    ['runtime', 'present', false],
    ['postgres', 'present', false],
  ]);
  expect(said).toEqual([]);
});

containersTest('changed sources make an image stale, and a build that fails says what it said', async () => {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const root = copyOfSources('failing');
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules/node/bin/node'), '#!/bin/sh\necho "no such processor"; exit 1\n', {
    mode: 0o755,
  });
  writeFileSync(join(root, 'node_modules/node/package.json'), '{"version":"0.0.1"}');
  const [runtime] = await imageStates(client, root);
  expect(runtime).toMatchObject({ name: 'runtime', state: 'stale', sizeBytes: 0 });
  const building = buildImages(
    { base: 'debian', rebuild: false },
    { client, root, workFolder: folder, env: process.env, userId: null, say: () => {} },
  );
  await expect(building).rejects.toMatchObject({
    kind: 'environment',
    message: expect.stringContaining('no such processor'),
  });
});

containersTest('an image that somebody built on one of ours is not ours to remove', async () => {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const docker = client.container.dockerode;
  const [ours] = await imageStates(client, PROJECT);
  await docker.getImage(ours?.tag ?? '').tag({ repo: `theirs-${process.pid}`, tag: '1' });
  try {
    const { removed } = await removeImages(docker, { dryRun: true });
    const names = removed.map(({ name }) => name);
    expect(names).toContain(ours?.tag);
    expect(names).not.toContain(`theirs-${process.pid}:1`);
  } finally {
    await docker.getImage(`theirs-${process.pid}:1`).remove();
  }
});

/** The files that images are made of, without the binary of Node.js. */
function copyOfSources(name: string): string {
  const root = join(folder, name);
  cpSync(join(PROJECT, 'fixtures/images'), join(root, 'fixtures/images'), { recursive: true });
  mkdirSync(join(root, 'node_modules/node'), { recursive: true });
  cpSync(join(PROJECT, 'node_modules/node/package.json'), join(root, 'node_modules/node/package.json'));
  return root;
}

function append(path: string, text: string): void {
  writeFileSync(path, readFileSync(path, 'utf8') + text);
}
