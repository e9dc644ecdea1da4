import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../journal/reader.ts';
import { createRng } from '../kernel/rng.ts';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { findOurs } from '../stack/containers/sweep/find-ours.ts';
import { brakecheck, type Ended } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { allListening, listeningSockets, processesWith } from '../testing/processes.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { TINY_COMPANY } from '../testing/tiny-company.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'tiny.yaml', smallScenario({ minutes: 40, figures: TINY_COMPANY }));
const KILLS = 10;
const RUN_LIMIT_MS = 600_000;
const TEST_LIMIT_MS = 3_600_000;

type Stack = 'local' | 'containers';

const localTest = (sentence: string, body: () => Promise<void>) =>
  test(sentence, { timeout: TEST_LIMIT_MS }, body);
const containersTest = needs('containers');
const onContainers = (sentence: string, body: () => Promise<void>) =>
  containersTest(sentence, body, TEST_LIMIT_MS);

for (const [stack, testOn] of [
  ['local', localTest],
  ['containers', onContainers],
] as const) {
  testOn(
    `${stack}: of a run that was killed at any of ten moments nothing is left after the next start, and its journals can be read`,
    () => killAtTenMoments(stack),
  );

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    testOn(
      `${stack}: ${signal} at any moment closes the journals, leaves nothing at once, and exits ${code}`,
      () => interrupt(stack, signal, code),
    );
  }
}

async function killAtTenMoments(stack: Stack): Promise<void> {
  const bed = makeBed(stack, 'killed');
  const startedMs = Date.now();
  expect((await bed.run('whole')).code).toBe(1);
  const wholeMs = Date.now() - startedMs;
  const rng = createRng(`kill-${stack}`);
  const ports = new Set<string>();
  const orphans = new Set<unknown>();
  for (let kill = 1; kill <= KILLS; kill++) {
    const ended = await bed.run(`kill-${kill}`, child => {
      setTimeout(() => {
        for (const socket of listeningSockets(child.pid ?? 0)) ports.add(socket);
        child.kill('SIGKILL');
      }, rng.next() * wholeMs);
    });
    // Chance may have it that the run was quicker than its kill.
    if (ended.code === null) for (const text of bed.journals(`kill-${kill}`)) expectReadable(text);
    for (const orphan of await bed.left()) orphans.add(orphan);
  }
  await bed.childrenEnded();
  expect((await bed.run('next')).code).toBe(1);
  expect(await bed.left()).toEqual([]);
  expect([...ports].filter(socket => allListening().has(socket))).toEqual([]);
  // Else the kills came at moments that leave nothing, and all of this showed nothing: a process takes its ports along, an
  // engine keeps its containers.
  const disturbed = stack === 'local' ? ports : orphans;
  expect(disturbed.size).toBeGreaterThan(0);
}

async function interrupt(stack: Stack, signal: 'SIGINT' | 'SIGTERM', code: number): Promise<void> {
  const bed = makeBed(stack, signal);
  const rng = createRng(`${signal}-${stack}`);
  const ended = await bed.run('interrupted', child => {
    // Not before the first journal: until then there is nothing to close, and the process just ends.
    const timer = setInterval(() => {
      if (bed.journals('interrupted').length === 0) return;
      clearInterval(timer);
      setTimeout(() => child.kill(signal), rng.next() * 8_000);
    }, 50);
  });
  expect(ended.code).toBe(code);
  expect(await bed.left()).toEqual([]);
  const endings = bed.journals('interrupted').map(text => readJournal(text, 'a journal').lines.at(-1));
  expect(endings.length).toBeGreaterThan(0);
  for (const ending of endings) expect(ending).toMatchObject({ type: 'closed' });
  expect(endings).toContainEqual(expect.objectContaining({ status: 'interrupted' }));
}

/** Runs with folders of their own for what they write and for what passes. */
function makeBed(stack: Stack, name: string) {
  const base = join(folder, `${stack}-${name}`);
  const passing = join(base, 'tmp');
  mkdirSync(passing, { recursive: true });
  const out = (run: string) => join(base, `${stack}-${name}-${run}`);
  const started: string[] = [];
  return {
    run: (run: string, onStart: (child: ChildProcess) => void = () => {}): Promise<Ended> => {
      started.push(run);
      const args = ['--stack', stack, '--profile', 'none', '--no-attribution', '--sample', '100ms'];
      const options = { env: { TMPDIR: passing }, onStart, limitMs: RUN_LIMIT_MS };
      return brakecheck(['run', SCENARIO, ...args, '--out', out(run)], options);
    },
    journals: (run: string): string[] =>
      existsSync(out(run))
        ? readdirSync(out(run))
            .filter(file => file.endsWith('.jsonl'))
            .map(file => readFileSync(join(out(run), file), 'utf8'))
        : [],
    /** A browser notices by itself that its harness is gone. */
    childrenEnded: () =>
      expect.poll(() => processesWith(`TMPDIR=${passing}`), { timeout: 30_000 }).toEqual([]),
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

/** Up to the last whole line; a journal may be cut within its first one. */
function expectReadable(text: string): void {
  const whole = text.split('\n').length - 1;
  if (whole === 0) return;
  const { lines } = readJournal(text, 'a journal');
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: whole }, (_, seq) => seq));
}
