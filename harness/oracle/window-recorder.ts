import type { JourneyWindow, MoneyWindow } from '../journal/events.ts';
import type { Basis, JourneyExperience } from '../ports/experience.ts';
import type { RunContext } from '../ports/run-context.ts';

/** Length of a journal window, ms of world time. */
const WINDOW_MS = 10_000;

interface JourneyCount {
  succeeded: number;
  failed: number;
  readonly latency: Map<number, number>;
  readonly steps: Map<string, { attempts: number; failures: number }>;
}

type Money = { -readonly [Key in keyof Omit<MoneyWindow, 'region'>]: number };

/** What an order or an answer means in money and promises; see `Ledger`. */
export type MoneyChange = Partial<Money>;

/** Gathers what shoppers lived through and writes it to the journal, ten seconds of world time at a time. */
export class WindowRecorder {
  private readonly context: RunContext;
  private journeys = new Map<string, JourneyCount>();
  private money = new Map<string, Money>();
  private basis: Basis | null = null;
  private fromMs: number;

  constructor(context: RunContext) {
    this.context = context;
    this.fromMs = context.clock.nowMs();
    this.scheduleNext();
  }

  record(journey: JourneyExperience, change: MoneyChange): void {
    const count = this.countOf(`${journey.journey} ${journey.region}`);
    if (journey.succeeded) count.succeeded++;
    else count.failed++;
    const bound = 2 ** Math.ceil(Math.log2(Math.max(1, journey.finishedMs - journey.startedMs)));
    count.latency.set(bound, (count.latency.get(bound) ?? 0) + 1);
    for (const { cell, succeeded } of journey.steps) {
      const step = count.steps.get(cell) ?? { attempts: 0, failures: 0 };
      step.attempts++;
      if (!succeeded) step.failures++;
      count.steps.set(cell, step);
    }
    this.addMoney(journey.region, change);
    if (journey.basis !== undefined && this.basis !== 'extrapolated') this.basis = journey.basis;
  }

  /** Writes what has been gathered so far, in a window that may be shorter than ten seconds. */
  flush(): void {
    const toMs = this.context.clock.nowMs();
    if (this.journeys.size > 0) {
      this.context.journal.write({
        type: 'window',
        fromMs: this.fromMs,
        toMs,
        journeys: [...this.journeys].map(([key, count]) => toWindow(key, count)),
        money: [...this.money].map(([region, money]) => ({ region, ...money })),
        ...(this.basis === null ? {} : { basis: this.basis }),
      });
      this.journeys = new Map();
      this.money = new Map();
      this.basis = null;
    }
    this.fromMs = toMs;
  }

  private scheduleNext(): void {
    this.context.clock.at(this.fromMs + WINDOW_MS, () => {
      this.flush();
      this.scheduleNext();
    });
  }

  private countOf(key: string): JourneyCount {
    let count = this.journeys.get(key);
    if (count === undefined) {
      count = { succeeded: 0, failed: 0, latency: new Map(), steps: new Map() };
      this.journeys.set(key, count);
    }
    return count;
  }

  private addMoney(region: string, change: MoneyChange): void {
    const entries = Object.entries(change) as [keyof Money, number][];
    if (entries.length === 0) return;
    const money = this.money.get(region) ?? {
      orders: 0,
      revenueCents: 0,
      mispricedOrders: 0,
      mischargedCents: 0,
      wrongPromises: 0,
      offPolicyAnswers: 0,
    };
    for (const [name, amount] of entries) money[name] += amount;
    this.money.set(region, money);
  }
}

function toWindow(key: string, count: JourneyCount): JourneyWindow {
  const [journey, region] = key.split(' ') as [string, string];
  return {
    journey,
    region,
    succeeded: count.succeeded,
    failed: count.failed,
    latency: [...count.latency].sort(([a], [b]) => a - b),
    steps: [...count.steps].map(([cell, { attempts, failures }]) => [cell, attempts, failures] as const),
  };
}
