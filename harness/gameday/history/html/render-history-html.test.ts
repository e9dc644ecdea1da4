import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../../testing/hostile-texts.ts';
import { buildHistory } from '../build-history.ts';
import type { History } from '../history.ts';
import { dayOf, historyOf } from '../testing/results.ts';
import { renderHistoryHtml } from './render-history-html.ts';

test('the page has a chart for each series with two results or more, and the same history gives the same bytes', async () => {
  const history = historyOf(['contained', 'escaped', 'contained']);
  const text = await renderHistoryHtml(history);
  expect(await renderHistoryHtml(history)).toBe(text);
  expect(text.match(/<svg[^>]+role="img"/g)).toHaveLength(1);
  expect(text).toContain('aria-label="Trend of a-day, profile layers over 3 results. Latest: Score 100,');
  expect(text).toContain('2026-03-02 12:00 discovered: rebuild escapes');
  const single = await renderHistoryHtml(historyOf(['contained']));
  expect(single).not.toContain('<svg');
  expect(single).toContain('There is nothing before it to compare with.');
});

test('nothing hostile becomes markup, and nothing is loaded or run', async () => {
  const hostile = HOSTILE_TEXTS.join(' ');
  const [first, second] = [dayOf(1, 'contained'), dayOf(2, 'escaped')];
  if (first.kind === 'run' || second.kind === 'run') throw new Error('both are game days');
  const found = [first, second].map(day => ({
    ...day,
    directory: hostile,
    board: {
      ...day.board,
      gameDay: hostile,
      profiles: day.board.profiles.map(profile => ({
        ...profile,
        profile: hostile,
        scenarios: profile.scenarios.map(scenario => ({ ...scenario, id: '<script>alert(1)</script>' })),
      })),
      exit: { ...day.board.exit, name: '<img src=x onerror=alert(1)>' },
    },
  }));
  const history: History = buildHistory({
    folder: '<b>reports</b>',
    found,
    skipped: [{ directory: hostile, because: '"><img src=x>' }],
    older: 1,
  });
  const text = await renderHistoryHtml(history);
  expect(text).not.toMatch(/<script|<img|<b>|<\/style><style/);
  expect(text).toContain('default-src &apos;none&apos;');
});
