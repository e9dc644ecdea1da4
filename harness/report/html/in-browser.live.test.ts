import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { worstOf } from '../../cli/exit-codes.ts';
import { invariant } from '../../kernel/invariant.ts';
import { buildScorecard } from '../../score/build-scorecard.ts';
import { isExecutable } from '../../stack/containers/images/program-on.ts';
import { HOSTILE_TEXTS } from '../../testing/hostile-texts.ts';
import { needs } from '../../testing/needs.ts';
import { runOneArm } from '../../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../../testing/temporary-folder.ts';
import { findBrowser } from '../../traffic/browser/find-browser.ts';
import { renderHtml } from './render-html.ts';
import { BODY_COLOUR, FAINT_TEXTS, FOCUS_SCROLLED, OVERFLOW, TEXT_FILL } from './testing/page-probes.ts';
import { hostileStory, NO_SCREENSHOTS, pageOf } from './testing/pages.ts';

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const folder = temporaryFolder();
const browserTest = needs('browser');
let browser: Browser | null = null;
let report = '';
/** The same with everything open that is folded at first. */
let unfolded = '';

beforeAll(async () => {
  const found = await findBrowser({ env: process.env, exists: isExecutable });
  if (found.kind === 'missing') return;
  browser = await chromium.launch({ executablePath: found.path, args: FLAGS });
  const page = await pageOf(await realRun());
  report = fileIn(folder, 'report.html', page);
  unfolded = fileIn(folder, 'unfolded.html', page.replaceAll('<details>', '<details open>'));
}, 900_000);

afterAll(() => browser?.close());

/** Real arms of the small scenario: one guardrail refuses, another is passed. */
async function realRun(): Promise<Record<string, string>> {
  const scenario = smallScenario({ minutes: 60 });
  const profile = smallProfile('layered', [
    { use: 'two-person-rule', doors: ['pipeline'] },
    { use: 'deletion-protection' },
  ]);
  const journals: { file: string; text: string }[] = [];
  for (const arm of ['calm', 'unguarded', 'guarded', 'benign'] as const)
    journals.push({ file: `${arm}.jsonl`, text: (await runOneArm({ scenario, profile, arm })).text });
  const card = buildScorecard({
    ...{ runId: 'run-1', profile: 'layered', planned: [], reruns: [], failUnder: null },
    ...{ journals, isClean: true, isInterrupted: false, worstOf },
  });
  const files = journals.map(({ file, text }) => [file, text]);
  return { ...Object.fromEntries(files), 'scorecard.json': JSON.stringify(card) };
}

interface Opened {
  readonly page: Page;
  /** Console messages, errors, dialogs, and requests for anything but the file itself. */
  readonly noise: string[];
}

async function open(file: string, options: BrowserContextOptions, look: (opened: Opened) => Promise<void>) {
  invariant(browser !== null, 'a browser was found before this test began');
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const noise: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('console', message => noise.push(`console: ${message.text()}`));
    page.on('pageerror', error => noise.push(`error: ${error.message}`));
    page.on('dialog', dialog => {
      noise.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', request => {
      if (request.url() !== address && !request.url().startsWith('data:'))
        noise.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    await look({ page, noise });
  } finally {
    await context.close();
  }
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate<AxeResults>('axe.run()');
  return found.map(
    ({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  );
}

browserTest('the page opens without a message, an error or a request, and shows its charts', async () => {
  await open(report, { viewport: { width: 1280, height: 900 } }, async ({ page, noise }) => {
    expect(await page.locator('h1').innerText()).toMatch(/^Contained \d of \d/);
    const charts = await page.locator('svg.chart').all();
    expect(charts.length).toBeGreaterThanOrEqual(4);
    for (const chart of charts) {
      const box = await chart.boundingBox();
      expect(box?.height).toBeGreaterThan(40);
      expect(await chart.locator('text').count()).toBeGreaterThan(3);
    }
    const colour = await page.evaluate(TEXT_FILL);
    expect(colour).toMatch(/^rgb\(/);
    expect(noise).toEqual([]);
  });
});

browserTest(
  'at 360 pixels the page does not scroll sideways, and wide parts scroll by keyboard',
  async () => {
    await open(unfolded, { viewport: { width: 360, height: 740 } }, async ({ page, noise }) => {
      expect(await page.evaluate(OVERFLOW)).toBe(0);
      const wide = page.getByRole('region', { name: /^Timeline of/ });
      await wide.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.evaluate(FOCUS_SCROLLED)).toBeGreaterThan(0);
      expect(noise).toEqual([]);
    });
  },
);

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    browserTest(`nobody is shut out: ${colorScheme}, ${width} pixels wide, everything open`, async () => {
      await open(unfolded, { colorScheme, viewport: { width, height: 900 } }, async ({ page }) => {
        expect(await violations(page)).toEqual([]);
      });
    });
  }
}

browserTest('texts in drawings have AA contrast against what they stand on, in both schemes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await open(report, { colorScheme, viewport: { width: 1280, height: 900 } }, async ({ page }) => {
      expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
    });
  }
});

browserTest('on paper the page is light, and what is folded on a screen is open', async () => {
  await open(report, { colorScheme: 'dark', viewport: { width: 800, height: 900 } }, async ({ page }) => {
    expect(await page.getByRole('heading', { name: 'Arms side by side' }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: 'Arms side by side' }).isVisible()).toBe(true);
    expect(await page.evaluate(BODY_COLOUR)).toBe('rgb(0, 0, 0)');
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
  });
});

browserTest(
  'hostile texts do nothing in the browser, and widen no page',
  async () => {
    // What a browser could act on; that the others stay text is tested without one.
    const active = HOSTILE_TEXTS.filter(text => /[<"'{\u202e\u2066]|javascript|\w{300}/.test(text));
    expect(active.length).toBeGreaterThan(8);
    for (const [index, text] of active.entries()) {
      const page = await renderHtml(hostileStory(text), { screenshots: NO_SCREENSHOTS, compared: [] });
      const file = fileIn(folder, `hostile-${index}.html`, page);
      await open(file, { viewport: { width: 360, height: 740 } }, async ({ page: shown, noise }) => {
        const added =
          'script, iframe, object, embed, form, input, [onerror], [onload], a[href^="javascript"]';
        expect(await shown.locator(added).count()).toBe(0);
        expect(await shown.locator('body').isVisible()).toBe(true);
        expect(await shown.evaluate(OVERFLOW)).toBe(0);
        expect(noise).toEqual([]);
      });
    }
  },
  900_000,
);
