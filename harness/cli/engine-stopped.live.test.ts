import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { readJournal } from '../journal/reader.ts';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { findOurs } from '../stack/containers/sweep/find-ours.ts';
import { type EngineRelay, openEngineRelay } from '../stack/containers/testing/engine-relay.ts';
import { brakecheck, PROJECT } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { TINY_COMPANY } from '../testing/tiny-company.ts';

const LIMIT_MS = 900_000;
const containersTest = needs('containers');
const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'tiny.yaml', smallScenario({ minutes: 40, figures: TINY_COMPANY }));
const socket = join(folder, 'engine.sock');

containersTest(
  'an engine that goes away in mid-run ends it as environment trouble; journals are kept, and what was left is removed once it is back',
  async () => {
    const real = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
    const relay = await openEngineRelay(socket, real);
    const out = join(folder, 'engine-gone');
    const ended = await brakecheck(
      [
        ...['run', SCENARIO, '--stack', 'containers', '--profile', 'none', '--no-attribution'],
        ...['--sample', '200ms', '--browser', 'off', '--out', out],
      ],
      {
        env: { DOCKER_HOST: `unix://${socket}`, TESTCONTAINERS_RYUK_DISABLED: 'true' },
        limitMs: LIMIT_MS,
        onStart: child => stopEngineInMidRun(child, out, relay),
      },
    );
    relay.close();
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('Docker engine');
    expect(ended.stderr).not.toMatch(/fault of brakecheck|\n\s+at /);
    // Arms whose engine was gone before they began have nothing to tell.
    const begun = journalsIn(out).filter(text => text !== '');
    expect(begun.length).toBeGreaterThan(0);
    for (const text of begun) expect(readJournal(text, 'a journal').lines.length).toBeGreaterThan(1);
    // The engine itself never stopped, so what the run had is all there.
    expect((await leftOf(out)).length).toBeGreaterThan(0);

    const back = await openEngineRelay(socket, real);
    const cleaned = await brakecheck(['clean'], {
      cwd: PROJECT,
      env: { DOCKER_HOST: `unix://${socket}` },
      limitMs: LIMIT_MS,
    });
    back.close();
    expect(cleaned.code).toBe(0);
    expect(await leftOf(out)).toEqual([]);
  },
  LIMIT_MS,
);

/** When the shop of the first arm is up and sampled. */
function stopEngineInMidRun(child: ChildProcess, out: string, relay: EngineRelay): void {
  const timer = setInterval(() => {
    if (child.exitCode !== null) clearInterval(timer);
    if (!journalsIn(out).some(text => text.includes('"type":"sample"'))) return;
    clearInterval(timer);
    relay.close();
  }, 100);
}

function journalsIn(out: string): string[] {
  try {
    return readdirSync(out)
      .filter(name => name.endsWith('.jsonl'))
      .map(name => readFileSync(join(out, name), 'utf8'));
  } catch {
    return [];
  }
}

async function leftOf(out: string): Promise<string[]> {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const found = await findOurs(client.container.dockerode);
  return found.filter(({ runId }) => runId === basename(out)).map(({ kind, name }) => `${kind} ${name}`);
}
