import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { findOurs } from '../stack/containers/sweep/find-ours.ts';
import { brakecheck, type Ended } from './command-line.ts';
import { processesWith } from './processes.ts';
import { smallScenario } from './small-scenario.ts';
import { fileIn, temporaryFolder } from './temporary-folder.ts';
import { TINY_COMPANY } from './tiny-company.ts';

export type LiveStackKind = 'local' | 'containers';

const RUN_LIMIT_MS = 600_000;
const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'tiny.yaml', smallScenario({ minutes: 40, figures: TINY_COMPANY }));

/** Runs of a tiny company on a live stack that may be disturbed, with folders of their own for what they write and for what passes. */
export function disturbableRuns(stack: LiveStackKind, name: string) {
  const base = join(folder, `${stack}-${name}`);
  const passing = join(base, 'tmp');
  mkdirSync(passing, { recursive: true });
  const out = (run: string) => join(base, `${stack}-${name}-${run}`);
  const started: string[] = [];
  return {
    run: (run: string, onStart: (child: ChildProcess) => void = () => {}): Promise<Ended> => {
      started.push(run);
      // Whether a browser goes with its harness is seen on local, where an arm takes a fraction of the time.
      const browser = stack === 'local' ? 'auto' : 'off';
      const args = ['--stack', stack, '--profile', 'none', '--no-attribution', '--sample', '100ms'];
      const options = { env: { TMPDIR: passing }, onStart, limitMs: RUN_LIMIT_MS };
      return brakecheck(['run', SCENARIO, ...args, '--browser', browser, '--out', out(run)], options);
    },
    journals: (run: string): string[] =>
      existsSync(out(run))
        ? readdirSync(out(run))
            .filter(file => file.endsWith('.jsonl'))
            .map(file => readFileSync(join(out(run), file), 'utf8'))
        : [],
    /** A browser notices by itself that its harness is gone. */
    childrenEnded: () =>
      expect.poll(() => processesWith(`TMPDIR=${passing}`), { timeout: 120_000 }).toEqual([]),
    left: async (): Promise<unknown[]> => [
      ...readdirSync(passing),
      ...processesWith(`TMPDIR=${passing}`),
      ...(stack === 'local' ? [] : await inEngine(started.map(run => basename(out(run))))),
    ],
  };
}

async function inEngine(runIds: readonly string[]): Promise<unknown[]> {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const found = await findOurs(client.container.dockerode);
  return found.filter(({ runId }) => runIds.includes(runId)).map(({ kind, name }) => `${kind} ${name}`);
}
