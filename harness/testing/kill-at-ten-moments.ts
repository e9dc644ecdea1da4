import { expect } from 'vitest';
import { createRealClock } from '../cli/real-clock.ts';
import { readJournal } from '../journal/reader.ts';
import { createRng } from '../kernel/rng.ts';
import { disturbableRuns, type LiveStackKind } from './disturbable-runs.ts';
import { allListening, listeningSockets } from './processes.ts';

const KILLS = 10;

/** A run is killed at ten moments of chance; then nothing of it may be left after the next start, and what it wrote can be read. */
export async function killAtTenMoments(stack: LiveStackKind): Promise<void> {
  const bed = disturbableRuns(stack, 'killed');
  const real = createRealClock();
  const startedMs = real.nowMs();
  expect((await bed.run('whole')).code).toBe(1);
  const wholeMs = real.nowMs() - startedMs;
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

/** Up to the last whole line; a journal may be cut within its first one. */
function expectReadable(text: string): void {
  const whole = text.split('\n').length - 1;
  if (whole === 0) return;
  const { lines } = readJournal(text, 'a journal');
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: whole }, (_, seq) => seq));
}
