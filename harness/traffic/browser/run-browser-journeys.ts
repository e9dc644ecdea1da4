import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import type { Clock } from '../../kernel/clock.ts';
import { HarnessError, messageOf } from '../../kernel/errors.ts';
import type { JourneyName } from '../../scenario/world-schema.ts';
import type { ShopDirectory } from '../journey.ts';
import { browserLegs } from './browser-legs.ts';
import type { BrowserEvidence, BrowserJourney, BrowserMoment } from './evidence.ts';
import { type Leg, PageWalker } from './page-walker.ts';

export interface BrowserJourneysOptions {
  /** Base URL of each region's shop, without a trailing slash. */
  readonly edges: Readonly<Record<string, string>>;
  readonly region: string;
  /** Path of a Chromium, from `findBrowser`. */
  readonly browser: string;
  /** Folder for pictures and traces; made when it is not there. Names repeat for the same moment and region. */
  readonly evidenceDir: string;
  readonly when: BrowserMoment;
  readonly shop: Pick<ShopDirectory, 'productIds' | 'customer'>;
  /** Times the steps; the browser itself lives by the machine's clock. */
  readonly clock: Clock;
  /** How long the shopper waits for one page. Default 10 s, as shoppers over the API do. */
  readonly patienceMs?: number;
  /** Ends the visit: the browser is closed, and what was not seen to its end is left out. */
  readonly signal?: AbortSignal;
}

const DEFAULT_PATIENCE_MS = 10_000;
const LAUNCH_TIMEOUT_MS = 30_000;
const VIEWPORT = { width: 1_000, height: 800 } as const;
/** Nothing but the shop is asked for anything, and nothing is kept. */
const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Sends a shopper with a real browser through a region's shop: looks up a price, buys, reads the account. A shop that is
 * down, slow or degraded is what it is there to see: that ends as a failed step, never as an error. Fails with an
 * `environment` error only when there is no shop address or the browser does not start.
 */
export async function runBrowserJourneys(options: BrowserJourneysOptions): Promise<BrowserEvidence> {
  const { edges, region, when, evidenceDir } = options;
  const baseUrl = edges[region];
  if (baseUrl === undefined) {
    throw new HarnessError('bug', {
      message: `could not send a browser to ${region}: it has no edge`,
      hint: `Regions with an edge: ${Object.keys(edges).join(', ') || 'none'}.`,
    });
  }
  await mkdir(evidenceDir, { recursive: true });
  const browser = await launch(options.browser);
  const leave = () => void browser.close().catch(() => undefined);
  options.signal?.addEventListener('abort', leave, { once: true });
  try {
    const journeys: BrowserJourney[] = [];
    const { id, password } = options.shop.customer(region, 0);
    const productId = options.shop.productIds[0] ?? '';
    const card = `card-browser-${region}-${when}`;
    for (const [journey, legs] of browserLegs({ productId, customerId: id, password, card })) {
      if (options.signal?.aborted === true) break;
      const gone = await goThrough(options, { browser, baseUrl, journey, legs });
      if (!options.signal?.aborted) journeys.push(gone);
    }
    return { when, region, journeys };
  } finally {
    options.signal?.removeEventListener('abort', leave);
    // A browser that has crashed is gone already.
    await browser.close().catch(() => undefined);
  }
}

interface Trip {
  readonly browser: Browser;
  readonly baseUrl: string;
  readonly journey: JourneyName;
  readonly legs: readonly Leg[];
}

/** One journey in a fresh profile: no cookie of an earlier one helps or hinders it. */
async function goThrough(options: BrowserJourneysOptions, trip: Trip): Promise<BrowserJourney> {
  const { when, region, evidenceDir, clock } = options;
  const prefix = `browser-${when}-${region}-${trip.journey}`;
  const { journey } = trip;
  let context: BrowserContext | undefined;
  try {
    context = await trip.browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
    context.setDefaultTimeout(options.patienceMs ?? DEFAULT_PATIENCE_MS);
    // Without the film: each step has its picture, and filming would slow down what is timed.
    await context.tracing.start({ screenshots: false, snapshots: true });
    const page = await context.newPage();
    const walker = new PageWalker({ page, clock, baseUrl: trip.baseUrl, evidenceDir, prefix });
    const succeeded = await walker.walk(trip.legs);
    const trace = succeeded ? null : await keepTrace(context, evidenceDir, `${prefix}.trace.zip`);
    return { journey, succeeded, steps: walker.steps, trace };
  } catch (error) {
    return { journey, succeeded: false, steps: [browserFailed(messageOf(error))], trace: null };
  } finally {
    await context?.close().catch(() => undefined);
  }
}

async function keepTrace(context: BrowserContext, folder: string, file: string): Promise<string | null> {
  return context.tracing.stop({ path: join(folder, file) }).then(
    () => file,
    () => null,
  );
}

function browserFailed(message: string) {
  const saw = `the browser failed: ${message.split('\n')[0]}`;
  return { name: 'browser', succeeded: false, durationMs: 0, status: null, saw, screenshot: null };
}

async function launch(executablePath: string): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath,
      headless: true,
      args: ARGUMENTS,
      timeout: LAUNCH_TIMEOUT_MS,
      // The run's own handling of signals closes the browser, in order with all else.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not start the browser ${executablePath}: ${messageOf(error).split('\n')[0]}`,
      hint: 'Run with `--browser off`, or install Chromium: `apt-get install chromium`.',
      cause: error,
    });
  }
}
