import { expect, test } from 'vitest';
import type { BrowsedJourney } from '../journal/events.ts';
import type { BrowserLook } from '../score/browser-looks.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { testRun, UNGUARDED, withArm } from '../score/testing/test-run.ts';
import { browserLines, browserSentence, isEvidence } from './browser-words.ts';

function journey(name: string, succeeded: boolean): BrowsedJourney {
  const screenshot = `evidence/a-guarded/01-before-na/${name}.png`;
  const step = { name: 'order', succeeded, durationMs: 9, status: 200, saw: 'Sorry', screenshot };
  return { journey: name, succeeded, steps: [step], trace: null };
}

function look(when: BrowserLook['when'], journeys: readonly BrowsedJourney[]): BrowserLook {
  return { when, region: 'na', atMs: 2_400_000, seq: 7, journeys, missing: null };
}

function scenarioWith(unguarded: readonly BrowserLook[], calm: readonly BrowserLook[] = []): ScenarioScore {
  const [scenario] = testRun(withArm({ ...UNGUARDED, arm: 'guarded' })).scenarios;
  if (scenario?.arms.unguarded == null || scenario.arms.calm === null) throw new Error('the run has both');
  return {
    ...scenario,
    arms: {
      ...scenario.arms,
      calm: { ...scenario.arms.calm, browser: calm },
      unguarded: { ...scenario.arms.unguarded, browser: unguarded },
    },
  };
}

test('it says how many journeys went well, which did not, and where the pictures are', () => {
  const before = look('before', [journey('buy', true), journey('view-price', true)]);
  const during = look('during', [journey('buy', false), journey('view-price', true)]);
  const scenario = scenarioWith([before, during]);
  expect(browserSentence(scenario)).toBe(
    "3 of 4 journeys through the shop's pages went well; failed: no guardrails, during, na: buy (order). 4 pictures in evidence/.",
  );
  expect(
    browserLines(scenario).map(({ arm, when, at, journey: name, succeeded, saw }) =>
      [arm, when, at, name, succeeded, saw].join(' '),
    ),
  ).toContain('no guardrails during 0h40m buy false order: Sorry');
});

test('evidence that is missing is said, with the reason; nobody who was not asked for is missed', () => {
  const missing = { ...look('before', []), missing: 'no Chromium' };
  expect(browserSentence(scenarioWith([missing]))).toBe(
    'No browser evidence: no Chromium. Journeys over the API carry the run.',
  );
  expect(browserSentence(scenarioWith([]))).toBeNull();
  const part = scenarioWith([missing], [look('before', [journey('buy', true)])]);
  expect(browserSentence(part)).toMatch(/^1 of 1 journey .*No browser evidence: no Chromium\.$/);
});

test('only files of the run’s own evidence become links', () => {
  expect(isEvidence('evidence/a-calm/01-before-na/browser-before-na-buy-01-product.png')).toBe(true);
  for (const file of [
    '/etc/passwd',
    'evidence/../../secret.png',
    'javascript:alert(1)',
    'evidence/a b.png',
    'https://example.org/evidence/a.png',
    'evidence/',
    'evidence/a)b.png',
  ])
    expect(isEvidence(file)).toBe(false);
});
