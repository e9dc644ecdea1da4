import { expect, test } from 'vitest';
import { readJournal } from '../journal/reader.ts';
import { createRng } from '../kernel/rng.ts';
import { disturbableRuns, type LiveStackKind } from '../testing/disturbable-runs.ts';
import { needs } from '../testing/needs.ts';

const LIMIT_MS = 600_000;
const containersTest = needs('containers');
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

for (const [signal, code] of SIGNALS) {
  const sentence = `${signal} at any moment closes the journals, leaves nothing at once, and exits ${code}`;
  test(`local: ${sentence}`, { timeout: LIMIT_MS }, () => interrupt('local', signal, code));
  containersTest(`containers: ${sentence}`, () => interrupt('containers', signal, code), LIMIT_MS);
}

async function interrupt(stack: LiveStackKind, signal: 'SIGINT' | 'SIGTERM', code: number): Promise<void> {
  const bed = disturbableRuns(stack, signal);
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
