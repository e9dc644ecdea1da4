import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { findOurs } from '../stack/containers/sweep/find-ours.ts';
import { brakecheck, PROJECT } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const containersTest = needs('containers');
const folder = temporaryFolder();
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  if (children.length > 0) await brakecheck(['clean']);
});

containersTest(
  'what a run that was killed left is gone after `clean`; the run beside it keeps all',
  async () => {
    const [killed, going] = await Promise.all([hold('killed'), hold('going')]);
    killed.child.kill('SIGKILL');
    await new Promise(resolve => killed.child.on('close', resolve));
    expect(await heldBy(killed)).toHaveLength(5);

    const plan = await brakecheck(['clean', '--dry-run', '--json']);
    expect(JSON.parse(plan.stdout)).toMatchObject({
      schema: 'brakecheck/clean/v1',
      dryRun: true,
      failed: [],
    });
    expect(existsSync(killed.folder)).toBe(true);

    const cleaned = await brakecheck(['clean']);
    expect(cleaned.code).toBe(0);
    expect(await heldBy(killed)).toEqual([]);
    expect(existsSync(killed.folder)).toBe(false);
    expect(await heldBy(going)).toHaveLength(5);
    expect(existsSync(going.folder)).toBe(true);
    expect(cleaned.stdout).toContain(`still going, as process ${going.child.pid}`);
  },
);

containersTest('a run that is killed while it starts leaves nothing that `clean` cannot find', async () => {
  for (const afterMs of [150, 700, 1000, 1300]) {
    const child = spawnHolder(`early-${afterMs}-${process.pid}`);
    await new Promise(resolve => {
      setTimeout(resolve, afterMs);
    });
    child.kill('SIGKILL');
    await new Promise(resolve => child.on('close', resolve));
  }
  expect((await brakecheck(['clean'])).code).toBe(0);
  const { container } = await connectEngine(process.env.DOCKER_HOST);
  const left = (await findOurs(container.dockerode)).filter(({ runId }) => runId.startsWith('early-'));
  expect(left).toEqual([]);
});

test('an engine that should be there and does not answer cannot be verified: exit 5', async () => {
  const env = { DOCKER_HOST: `unix://${join(folder, 'nowhere.sock')}` };
  const cleaned = await brakecheck(['clean'], { env });
  expect(cleaned.code).toBe(5);
  expect(cleaned.stdout).toContain('could not remove engine');
});

test('with --reports, finished runs go; samples, unfinished runs and other folders stay', async () => {
  const manifest = (name: string, finishedAt: string | null) => {
    mkdirSync(join(folder, 'reports', name), { recursive: true });
    writeFileSync(
      join(folder, 'reports', name, 'manifest.json'),
      JSON.stringify({ runId: name, finishedAt }),
    );
  };
  manifest('done', '2026-03-10T10:00:00Z');
  manifest('going', null);
  manifest('sample-day', '2026-03-10T10:00:00Z');
  mkdirSync(join(folder, 'reports/notes'));
  const { stdout } = await brakecheck(['clean', '--reports'], { cwd: folder });
  expect(stdout).toContain('removed report reports/done');
  expect(
    ['done', 'going', 'sample-day', 'notes'].map(name => existsSync(join(folder, 'reports', name))),
  ).toEqual([false, true, true, true]);
});

interface Held {
  readonly runId: string;
  readonly folder: string;
  readonly child: ChildProcess;
}

/** A run in a process of its own, with three containers, a network, a volume and a folder. */
async function hold(name: string): Promise<Held> {
  const runId = `${name}-${process.pid}`;
  const child = spawnHolder(runId);
  const words = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', part => {
      said += part;
      if (said.endsWith('up\n')) resolve(said);
    });
    child.on('close', () => reject(new Error(`it ended before it was up: ${said}`)));
  });
  return { runId, folder: words.split('\n')[0] ?? '', child };
}

function spawnHolder(runId: string): ChildProcess {
  const script = join(PROJECT, 'harness/stack/containers/testing/hold-containers.ts');
  const child = spawn(join(PROJECT, 'node_modules/.bin/node'), [script, runId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function heldBy({ runId }: Held): Promise<string[]> {
  const { container } = await connectEngine(process.env.DOCKER_HOST);
  const found = await findOurs(container.dockerode);
  return found.filter(other => other.runId === runId).map(({ kind }) => kind);
}
