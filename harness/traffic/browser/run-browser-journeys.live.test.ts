import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SHOP } from '../../../fixtures/data/shop.ts';
import { type ServedShop, serveWholeShop } from '../../../fixtures/retail/kit/serve-whole-shop.ts';
import type { Clock } from '../../kernel/clock.ts';
import { needs } from '../../testing/needs.ts';
import { findBrowser } from './find-browser.ts';
import { type BrowserJourneysOptions, runBrowserJourneys } from './run-browser-journeys.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const browserTest = needs('browser');

/** Counts its readings: steps are timed by the clock that is given. */
function countingClock(): Pick<Clock, 'nowMs'> {
  let readings = 0;
  return { nowMs: () => ++readings * 10 };
}

browserTest(
  'a shopper looks up a price, buys and reads the account, and every page has its picture',
  async () => {
    const { url, shop } = await served();
    const { evidence, files, folder } = await go({ edges: { na: url } });
    expect(evidence.journeys.map(({ journey, succeeded }) => [journey, succeeded])).toEqual([
      ['view-price', true],
      ['buy', true],
      ['look-at-account', true],
    ]);
    const steps = evidence.journeys.flatMap(journey => journey.steps);
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'products 200',
      'product 200',
      'product 200',
      'cart 200',
      'sign-in 200',
      'checkout 200',
      'order 200',
      'sign-in 200',
      'account 200',
      'orders 200',
    ]);
    expect(steps.every(({ durationMs }) => durationMs === 10)).toBe(true);
    expect(steps[6]?.saw).toBe('Your order is confirmed.');
    expect([...shop.ledger.charges.values()].map(({ status }) => status)).toEqual(['captured']);
    expect(files).toEqual(steps.map(({ screenshot }) => screenshot).sort());
    expect(files).toContain('browser-during-na-buy-05-order.png');
    for (const file of files) expect((await readFile(join(folder, file))).subarray(0, 4)).toEqual(PNG);
  },
);

browserTest(
  'a degraded shop fails at the step that needs what is down, with what its page said and a trace',
  async () => {
    const { url, shop } = await served();
    shop.cut('checkout');
    const { evidence, files } = await go({ edges: { na: url } });
    const [view, buy, account] = evidence.journeys;
    expect([view?.succeeded, buy?.succeeded, account?.succeeded]).toEqual([true, false, false]);
    expect(buy?.steps.at(-1)).toMatchObject({ name: 'order', succeeded: false, status: 503 });
    expect(buy?.steps.at(-1)?.saw).toContain('Orders do not work right now.');
    expect(buy?.trace).toBe('browser-during-na-buy.trace.zip');
    expect(files).toContain('browser-during-na-buy.trace.zip');
    expect(view?.trace).toBeNull();
  },
);

browserTest('an edge that answers 502, never answers, or is not there ends as failed steps', async () => {
  const broken = createServer((_, response) => response.writeHead(502).end('bad gateway'));
  const silent = createServer(() => undefined);
  for (const server of [broken, silent]) {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close().closeAllConnections());
  }
  const edges = {
    na: `http://127.0.0.1:${(broken.address() as AddressInfo).port}`,
    eu: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    gone: 'http://127.0.0.1:1',
  };
  const refused = await go({ edges });
  expect(refused.evidence.journeys.map(({ steps }) => steps.map(({ status, saw }) => [status, saw]))).toEqual(
    [[[502, 'bad gateway']], [[502, 'bad gateway']], [[502, 'bad gateway']]],
  );
  const hung = await go({ edges, region: 'eu', patienceMs: 300 });
  expect(hung.evidence.journeys.every(({ succeeded }) => !succeeded)).toBe(true);
  expect(hung.evidence.journeys[0]?.steps[0]).toMatchObject({ status: null });
  expect(hung.evidence.journeys[0]?.steps[0]?.saw).toContain('300ms');
  const gone = await go({ edges, region: 'gone' });
  expect(gone.evidence.journeys[0]?.steps[0]?.saw).toMatch(/ERR_/);
});

test('a region without an edge and a browser that does not start are errors that say what to do', async () => {
  await expect(go({ edges: {}, browser: '/nowhere' })).rejects.toThrow('could not send a browser to na');
  const failing = go({ edges: { na: 'http://127.0.0.1:1' }, browser: process.execPath });
  await expect(failing).rejects.toMatchObject({
    kind: 'environment',
    hint: expect.stringContaining('chromium'),
  });
});

async function served(): Promise<ServedShop> {
  const shop = await serveWholeShop();
  onTestFinished(() => shop.close());
  return shop;
}

async function go(options: Pick<BrowserJourneysOptions, 'edges'> & Partial<BrowserJourneysOptions>) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-journeys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const found = await findBrowser({ env: process.env, exists: existsSync });
  const evidence = await runBrowserJourneys({
    region: 'na',
    browser: found.kind === 'found' ? found.path : '/nowhere',
    evidenceDir: folder,
    when: 'during',
    // Regions of a test's own have no customers.
    shop: { productIds: SHOP.productIds, customer: (_, unit) => SHOP.customer('na', unit) },
    clock: countingClock() as Clock,
    ...options,
  });
  return { evidence, folder, files: (await readdir(folder)).sort() };
}
