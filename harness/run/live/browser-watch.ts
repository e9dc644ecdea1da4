import type { BrowsedJourney, BrowserMoment, GateProbe, SampleEvent } from '../../journal/events.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import type { ShopDirectory } from '../../traffic/journey.ts';
import type { BrowserDoings } from '../stage.ts';
import type { ArmBrowser, BrowserShopper } from './browser-shopper.ts';
import type { HeldTelemetry } from './held-telemetry.ts';
import { pauseUntil } from './pause.ts';

export interface BrowserWatchDeps {
  readonly browser: ArmBrowser;
  readonly stack: LiveStack;
  readonly real: Clock;
  readonly journal: Journal;
  readonly telemetry: HeldTelemetry;
  readonly shop: ShopDirectory;
  /** Regions whose shop sells. */
  readonly regions: readonly string[];
}

/** Longest real time of one look: pages that hang are waited for as long as a shopper waits, one journey after the other. */
const LOOK_LIMIT_MS = 60_000;
/** A journey of a sample fails when fewer than this succeed: one failure by chance is none. */
const FAILING_BELOW = 0.9;
/** Journeys that a browser goes through as well. */
const BROWSED = new Set(['view-price', 'buy', 'look-at-account']);

/**
 * Sends a shopper with a browser through the shop before, during and after a mistake: a probe of steady state, and
 * evidence. At most four looks at each region, so that an arm keeps its pace. World time must stand still meanwhile.
 */
export class BrowserWatch implements BrowserDoings {
  private readonly deps: BrowserWatchDeps;
  private readonly looked = new Set<string>();
  private mistakeHasLanded: () => boolean = () => false;
  private looks = 0;
  private isBroken = false;

  constructor(deps: BrowserWatchDeps) {
    this.deps = deps;
  }

  /** Before the mistake. Returns what a browser could not do, which an ordinary day must let it do. */
  async before(mistakeHasLanded: () => boolean, stopRequested: () => boolean): Promise<readonly GateProbe[]> {
    this.mistakeHasLanded = mistakeHasLanded;
    const failed: GateProbe[] = [];
    for (const region of this.deps.regions) {
      const journeys = await this.look(region, 'before', stopRequested);
      failed.push(...journeys.filter(isShopsFailure).map(({ journey }) => unmet(journey, region)));
    }
    return failed;
  }

  /** After a sample: once in each region when the mistake has landed there, and once when its shoppers fail. */
  async during(sample: SampleEvent, stopRequested: () => boolean): Promise<void> {
    if (!this.mistakeHasLanded()) return;
    for (const region of this.deps.regions) {
      if (!sample.regions.includes(region)) continue;
      const isFailing = sample.journeys.some(
        ({ journey, region: where, attempts, succeeded }) =>
          where === region && BROWSED.has(journey) && succeeded < attempts * FAILING_BELOW,
      );
      const isNew =
        !this.looked.has(`landed ${region}`) || (isFailing && !this.looked.has(`failing ${region}`));
      if (!isNew) continue;
      this.looked.add(`landed ${region}`);
      if (isFailing) this.looked.add(`failing ${region}`);
      await this.look(region, 'during', stopRequested);
    }
  }

  async after(stopRequested: () => boolean): Promise<void> {
    for (const region of this.deps.regions) await this.look(region, 'after', stopRequested);
  }

  private async look(
    region: string,
    when: BrowserMoment,
    stopRequested: () => boolean,
  ): Promise<readonly BrowsedJourney[]> {
    const { browser } = this.deps;
    if (this.isBroken || stopRequested()) return [];
    if ('missing' in browser) return this.miss(region, when, browser.missing);
    try {
      await this.keepTelemetry();
      const journeys = await this.send(browser, { region, when, stopRequested });
      await this.forgetTelemetry();
      // Pages that were cut short by the run's own end say nothing of the shop.
      if (stopRequested()) return [];
      this.write(region, when, journeys);
      return journeys;
    } catch (error) {
      if (browser.isRequired) throw error;
      return this.miss(region, when, messageOf(error));
    }
  }

  private async send(
    browser: BrowserShopper,
    order: { readonly region: string; readonly when: BrowserMoment; readonly stopRequested: () => boolean },
  ): Promise<readonly BrowsedJourney[]> {
    const { real, stack, shop } = this.deps;
    const { region, when, stopRequested } = order;
    const end = new AbortController();
    const number = ++this.looks;
    let isDone = false;
    const journeys = browser
      .look({ edges: stack.edges(), region, when, number, shop, signal: end.signal })
      .finally(() => {
        isDone = true;
      });
    // Whoever waits below hears of a failure; until then it must not end the process.
    journeys.catch(() => undefined);
    await pauseUntil(real, real.nowMs() + LOOK_LIMIT_MS, () => isDone || stopRequested());
    end.abort();
    return journeys;
  }

  /** Once is enough: a browser that is not there now will not be there later. */
  private miss(region: string, when: BrowserMoment, reason: string): readonly BrowsedJourney[] {
    this.isBroken = true;
    this.deps.journal.write({ type: 'browser', when, region, journeys: [], missing: reason });
    return [];
  }

  private write(region: string, when: BrowserMoment, journeys: readonly BrowsedJourney[]): void {
    this.deps.journal.write({ type: 'browser', when, region, journeys, missing: null });
  }

  private async keepTelemetry(): Promise<void> {
    await this.deps.stack.settle();
    this.deps.telemetry.keep(this.deps.stack.scrape().cells);
  }

  /** One shopper with a browser asks for far more than the world's shoppers do: the company's monitoring must not hear of it. */
  private async forgetTelemetry(): Promise<void> {
    await this.deps.stack.settle();
    this.deps.stack.scrape();
  }
}

/** A browser that failed itself says nothing of the shop. */
function isShopsFailure({ succeeded, steps }: BrowsedJourney): boolean {
  return !succeeded && steps.at(-1)?.name !== 'browser';
}

function unmet(journey: string, region: string): GateProbe {
  return { journey, region, attempts: 1, successRatio: 0, atLeast: 1, met: false, by: 'browser' };
}
