import { render } from 'ink-testing-library';
import { createElement as h } from 'react';
import { expect, test } from 'vitest';
import { smallRun } from '../review/testing/run-files.ts';
import { App } from './app.ts';
import { plainBrush } from './draw/brush.ts';
import { memoryReview } from './testing/memory-review.ts';

test('keys that a terminal sends reach the session, also several at once, and the screen follows', async () => {
  const review = await memoryReview({ 'reports/run-1': smallRun() }, { directory: 'reports/run-1' });
  const { stdin, lastFrame, unmount } = render(h(App, { session: review, brush: plainBrush }));
  await shows(lastFrame, 'run-1');
  stdin.write('2');
  await shows(lastFrame, 'UNGUARDED: the mistake');
  stdin.write('\t');
  await shows(lastFrame, 'hit');
  stdin.write('\u001b[Z');
  await shows(lastFrame, 'UNGUARDED: the mistake');
  stdin.write('ee\r');
  await shows(lastFrame, 'of rebuild, unguarded');
  stdin.write('\u001b');
  await shows(lastFrame, 'of its journal');
  stdin.write('/a\u0007b\u202ec\r');
  await expect.poll(() => review.state().search).toBe('abc');
  stdin.write('?');
  await shows(lastFrame, 'this help');
  stdin.write('qq');
  await expect.poll(() => review.state().left).toBe('view');
  unmount();
  review.close();
});

async function shows(frame: () => string | undefined, text: string): Promise<void> {
  await expect.poll(frame, { timeout: 60_000 }).toContain(text);
}
