import { expect, test } from 'vitest';
import { smallRun, wholeStory } from '../../review/testing/run-files.ts';
import { HOSTILE_TEXTS, hugeText } from '../../testing/hostile-texts.ts';
import { CASES } from '../testing/cases.ts';
import { renderHtml } from './render-html.ts';
import { htmlProblems } from './testing/html-problems.ts';
import { hostileStory, NO_SCREENSHOTS, pageOf } from './testing/pages.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('the page of a run is whole, and says what a reader must know in this order', async () => {
  const page = await pageOf(smallRun());
  expect(htmlProblems(page)).toEqual([]);
  const order = [
    '<h1>Contained 1 of 1.</h1>',
    'Worst harm left',
    'Friction',
    'Score',
    'Exit',
    'It certifies no production',
    'What the agent did',
    'What stopped it, or did not',
    'Who was hurt',
    'What to change',
    '<h3>Timeline</h3>',
    '<h3>Blast radius</h3>',
    '<h3>Layers of defence</h3>',
    '<h3>Outages by phase</h3>',
    'Routes to the effect',
    'Containment against friction</h2>',
    'How to run it again',
  ].map(text => [text, page.indexOf(text)] as const);
  expect(order.filter(([, at]) => at === -1)).toEqual([]);
  expect(order.map(([, at]) => at)).toEqual(order.map(([, at]) => at).toSorted((a, b) => a - b));
});

test('the same story gives the same bytes', async () => {
  expect(await pageOf(smallRun())).toBe(await pageOf(smallRun()));
});

test('charts are drawn, and each has a name and an alternative', async () => {
  const page = await pageOf(smallRun());
  const charts = page.match(/<svg [^>]*class="chart"[^>]*>/g) ?? [];
  expect(charts.length).toBeGreaterThanOrEqual(4);
  for (const chart of charts) expect(chart).toMatch(/role="img" aria-label="[^"]{40,}"/);
  expect(page).toContain('var(--gone)');
});

test('nothing may be loaded or run: the policy names the digest of the one style sheet', async () => {
  const page = await pageOf(smallRun());
  expect(page).toMatch(
    /content="default-src &apos;none&apos;; style-src &apos;sha256-[\w+/]+=*&apos;; img-src data:;/,
  );
  expect(page).not.toMatch(/<script|<iframe|<object|<link rel="stylesheet/);
});

test.each(Object.entries(CASES))(
  'a scorecard without journals makes a whole page: %s',
  async (_name, card) => {
    const story = wholeStory({ 'scorecard.json': JSON.stringify(card) });
    const page = await renderHtml(story, { screenshots: NO_SCREENSHOTS, compared: [card] });
    expect(htmlProblems(page)).toEqual([]);
    expect(page).toContain('There is no manifest.json');
  },
);

test('journals without a scorecard make a whole page that says so', async () => {
  const { 'scorecard.json': _card, ...files } = smallRun();
  const page = await pageOf(files);
  expect(htmlProblems(page)).toEqual([]);
  expect(page).toContain('Nothing is judged yet.');
});

test('several seeds show how the verdict varies', async () => {
  const card = CASES.seeds;
  const page = await renderHtml(wholeStory({ 'scorecard.json': JSON.stringify(card) }), {
    screenshots: NO_SCREENSHOTS,
    compared: [],
  });
  expect(page).toContain('Sensitivity over seeds</h2>');
  expect(page).toContain('no probability');
});

test('screenshots are embedded, those left out are counted, and what is no picture is not embedded', async () => {
  const shot = { name: 'browser-before-na-buy-01-product.png', type: 'image/png', base64: PIXEL } as const;
  const forged = { ...shot, name: 'x', base64: '"><script>alert(1)</script>' };
  const page = await pageOf(smallRun(), { shown: [shot, forged], leftOut: 3 });
  expect(htmlProblems(page)).toEqual([]);
  expect(page).toContain(
    `alt="Screenshot: browser before na buy 01 product" src="data:image/png;base64,${PIXEL}"`,
  );
  expect(page).toContain('3 more screenshots');
});

test.each(HOSTILE_TEXTS.map((text, index) => [index, text] as const))(
  'hostile text %i adds no tag, no attribute and no address to the page',
  async (_index, text) => {
    const page = await renderHtml(hostileStory(text), { screenshots: NO_SCREENSHOTS, compared: [] });
    expect(htmlProblems(page)).toEqual([]);
  },
);

test('fields of ten megabytes leave the page of ordinary size', async () => {
  const page = await renderHtml(hostileStory(hugeText().slice(0, 2_000_000)), {
    screenshots: NO_SCREENSHOTS,
    compared: [],
  });
  expect(htmlProblems(page)).toEqual([]);
  expect(page.length).toBeLessThan(400_000);
});
