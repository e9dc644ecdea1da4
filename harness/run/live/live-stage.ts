import type { Clock } from '../../kernel/clock.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Rng } from '../../kernel/rng.ts';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import type { RunContext } from '../../ports/run-context.ts';
import type { World } from '../../scenario/world-schema.ts';
import type { ShopDirectory } from '../../traffic/journey.ts';
import { arrivalsIn, journeyMix, regionsWithShoppers } from '../../traffic/shoppers.ts';
import type { BrowserDoings, LiveShoppersDeps, Stage, StageFactory, StageStop } from '../stage.ts';
import { createAgentPlane } from './agent-plane.ts';
import type { ArmBrowser } from './browser-shopper.ts';
import { BrowserWatch } from './browser-watch.ts';
import { Changes } from './changes.ts';
import { type ChargeClock, createChargeClock } from './charge-clock.ts';
import { HeldStack } from './held-stack.ts';
import { HeldTelemetry } from './held-telemetry.ts';
import { LiveShoppers } from './live-shoppers.ts';
import { surveyPrices } from './price-survey.ts';
import { Sampler } from './sampler.ts';
import { ShopperQueue } from './shopper-queue.ts';

export interface LiveStageDeps {
  /** Starts the machinery of a stack with nothing in it yet. Rejects with an `environment` error. */
  readonly startStack: (world: World, rng: Rng) => Promise<LiveStack>;
  /** Real time. */
  readonly real: Clock;
  /** Least real time of a sample, ms. */
  readonly sampleMs: number;
  /** Left out: nobody comes with a browser. */
  readonly browser?: ArmBrowser | undefined;
}

/** Most tasks of one arm: far above any real run, so that a loop that feeds itself ends with a name. */
const MAX_TASKS = 200_000_000;

/**
 * A stage on a live stack. World time is virtual and jumps; it stands still while the stack does something real, and while
 * a sample of real shoppers finds out what became of the shop. See DESIGN, "Two kinds of time".
 */
export function createLiveStage({ startStack, real, sampleMs, browser }: LiveStageDeps): StageFactory {
  return async (world, rng) => {
    const live = await startStack(world, rng);
    return new LiveStage({ live, real, sampleMs, browser, world, rng: rng.fork('live') });
  };
}

/** Where agents have a network of their own, they ask from there. */
function agentDoor(
  live: LiveStack,
  waitOutside: Stage['waitOutside'],
): Pick<NonNullable<Stage['live']>, 'agentPlane'> {
  const openSide = live.agentSide;
  if (openSide === undefined) return {};
  return { agentPlane: plane => createAgentPlane({ plane, openSide: () => openSide(), waitOutside }) };
}

interface LiveStageFields {
  readonly live: LiveStack;
  readonly real: Clock;
  readonly sampleMs: number;
  readonly browser: ArmBrowser | undefined;
  readonly world: World;
  readonly rng: Rng;
}

/** The part of a stage that exists once shoppers come. */
interface Shopping {
  readonly context: RunContext;
  readonly sampler: Sampler;
  readonly shoppers: LiveShoppers;
  readonly queues: ReadonlyMap<string, ShopperQueue>;
  readonly shop: ShopDirectory;
  readonly browser: BrowserWatch | null;
  hasOpened: boolean;
}

class LiveStage implements Stage {
  readonly clock = new VirtualClock();
  readonly stack: HeldStack;
  readonly live: NonNullable<Stage['live']>;
  private readonly fields: LiveStageFields;
  private readonly changes: Changes;
  private readonly chargeClock: ChargeClock;
  private readonly telemetry = new HeldTelemetry();
  private shopping: Shopping | null = null;

  constructor(fields: LiveStageFields) {
    const { clock, telemetry } = this;
    this.fields = fields;
    this.changes = new Changes(clock);
    this.chargeClock = createChargeClock(clock);
    const { live, real } = fields;
    this.stack = new HeldStack({ live, real, clock, telemetry, changes: this.changes });
    this.live = {
      chargeClock: this.chargeClock,
      startShoppers: deps => this.startShoppers(deps),
      browser: fields.browser === undefined ? null : this.browserDoings(),
      ...agentDoor(live, answer => this.waitOutside(answer)),
    };
  }

  async advance(untilMs: number, stopRequested: () => boolean): Promise<StageStop> {
    for (;;) {
      const stop = await this.clock.run({
        untilMs,
        stopRequested: () => this.changes.isDue || stopRequested(),
        maxTasks: MAX_TASKS,
      });
      if (stop !== 'stop-requested' || stopRequested()) return stop;
      await this.sample(stopRequested);
    }
  }

  perform<T>(work: () => Promise<T>): Promise<T> {
    return runToEnd(this.clock, work);
  }

  waitOutside<T>(answer: Promise<T>): Promise<T> {
    return this.clock.waitOutside(answer);
  }

  private startShoppers({ context, shop, onJourney, onConfirmed }: LiveShoppersDeps): void {
    const { live: stack, real, sampleMs, world, rng } = this.fields;
    const { clock, telemetry } = this;
    const queues = new Map(
      regionsWithShoppers(world).map(region => [region, new ShopperQueue(arrivalsIn(context, region))]),
    );
    const shoppers = new LiveShoppers({ clock, rng, world, shop, queues, telemetry, onJourney });
    const sampler = new Sampler({ stack, real, world, shop, sampleMs, telemetry, onConfirmed });
    const browser = this.browserWatch(context, shop);
    this.shopping = { context, sampler, shoppers, queues, shop, browser, hasOpened: false };
    shoppers.start();
    // Nobody may arrive before it is known what they find.
    this.changes.take();
    for (const region of queues.keys()) this.changes.note(region, 'the company has opened');
    this.changes.hurry();
  }

  /** Before anything can go wrong: what do things cost in the regions in which shoppers buy? */
  private async open(shopping: Shopping, stopRequested: () => boolean): Promise<void> {
    const { live: stack, real, world } = this.fields;
    const prices = await surveyPrices(sellingRegions(world), {
      ...{ real, world, stopRequested, productIds: shopping.shop.productIds },
      visit: (region, request) => stack.visit(region, request),
    });
    shopping.shoppers.learnPrices(prices);
    // The company's monitoring must not take it for shopping.
    await stack.settle();
    stack.scrape();
    shopping.hasOpened = true;
  }

  private async sample(stopRequested: () => boolean): Promise<void> {
    invariant(this.shopping !== null, 'samples are taken while shoppers come');
    const { context, sampler, shoppers, queues, browser } = this.shopping;
    if (!this.shopping.hasOpened) await this.open(this.shopping, stopRequested);
    const { regions, reasons } = this.changes.take();
    const result = await sampler.take({
      nowMs: this.clock.nowMs(),
      untilMs: this.chargeClock.nextDueMs() ?? Infinity,
      reasons,
      queues: new Map([...queues].filter(([region]) => regions.has(region))),
      stopRequested,
    });
    shoppers.hold(result.regions);
    context.journal.write(result.event);
    await browser?.during(result.event, stopRequested);
  }

  private browserWatch({ journal }: RunContext, shop: ShopDirectory): BrowserWatch | null {
    const { live: stack, real, world, browser } = this.fields;
    if (browser === undefined) return null;
    const regions = sellingRegions(world);
    return new BrowserWatch({ browser, stack, real, journal, shop, regions, telemetry: this.telemetry });
  }

  private browserDoings(): BrowserDoings {
    const watch = (): BrowserWatch => {
      const browser = this.shopping?.browser ?? null;
      invariant(browser !== null, 'a browser comes once shoppers do');
      return browser;
    };
    return {
      before: (mistakeHasLanded, stopRequested) => watch().before(mistakeHasLanded, stopRequested),
      after: stopRequested => watch().after(stopRequested),
    };
  }
}

/** Regions with shoppers whose shop sells. */
function sellingRegions(world: World): string[] {
  return regionsWithShoppers(world).filter(region => (journeyMix(world, region).get('buy') ?? 0) > 0);
}
