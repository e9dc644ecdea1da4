import { beforeAll, expect, test } from 'vitest';
import { memoryReview, settle } from './testing/memory-review.ts';
import { type Files, smallRuns } from './testing/small-runs.ts';

let escaped: Files;

beforeAll(async () => {
  escaped = (await smallRuns()).escaped;
}, 900_000);

test('a run that is followed while it is written ends as its replay shows it, at most ten updates a second', async () => {
  const folder: Record<string, string> = {};
  const live = await memoryReview({ run: folder }, { directory: null, isLive: true });
  live.goesOn({ isOver: false, progress: 'running: 0 %' }, 'run');
  expect(live.frame()).toContain('The run begins …');
  folder['manifest.json'] = escaped['manifest.json'] ?? '';
  const journals = Object.keys(escaped).filter(name => name.endsWith('.jsonl'));
  let updates = 0;
  const stop = live.subscribe(() => updates++);
  const steps = 50;
  for (let step = 1; step <= steps; step++) {
    for (const name of journals) folder[name] = cutAt(escaped[name] ?? '', step / steps);
    await live.clock.run({ untilMs: live.clock.nowMs() + 40, maxTasks: 1_000 });
  }
  stop();
  expect(updates).toBeGreaterThan(5);
  expect(updates).toBeLessThanOrEqual((steps * 40) / 100 + 2);
  expect(live.frame()).toContain('● RUNNING');
  folder['scorecard.json'] = escaped['scorecard.json'] ?? '';
  await settle(live);
  live.goesOn({ isOver: true, progress: 'running: 100 %' });
  await settle(live);
  const replay = await memoryReview({ run: escaped }, { directory: 'run' });
  expect(live.state().story).toEqual(replay.state().story);
  for (const tab of ['1', '2', '3', '4', '5', '6']) {
    const lines = (frame: string) => frame.split('\n').slice(0, -1);
    live.press(tab);
    replay.press(tab);
    expect(lines(live.frame())).toEqual(lines(replay.frame()));
  }
  live.close();
  replay.close();
});

/** As a writer leaves it: bytes, not lines. */
function cutAt(text: string, share: number): string {
  return text.slice(0, Math.ceil(text.length * share));
}

test('a closed session takes no key and keeps no journal open', async () => {
  const review = await memoryReview({ run: escaped }, { directory: 'run' });
  const before = review.state();
  review.close();
  expect(review.press('2')).toBe(before);
});
