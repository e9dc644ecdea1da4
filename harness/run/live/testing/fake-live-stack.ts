import { jsonAnswer } from '../../../../fixtures/retail/kit/light-response.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { LiveStack } from '../../../ports/live-stack.ts';
import type { CellTelemetry } from '../../../ports/telemetry.ts';

export interface FakeShop {
  /** What the n-th visit (from 1) meets; latency in real ms. */
  readonly answer: (visit: number) => { readonly ok: boolean; readonly tookMs: number };
  /** Connections open after so many visits. */
  readonly connections?: (visits: number) => number;
}

/** The part of a live stack that a sampler meets, with one service in one region, on whatever clock counts as real. */
export class FakeLiveStack {
  visits = 0;
  readonly times: number[] = [];
  /** Where each of these times was told; null for everywhere. */
  readonly toldIn: (readonly string[] | null)[] = [];
  private counted = { requests: 0, errors: 0 };
  private readonly real: Clock;
  private readonly shop: FakeShop;

  constructor(real: Clock, shop: FakeShop) {
    this.real = real;
    this.shop = shop;
  }

  /** As the sampler needs it. */
  asLiveStack(): LiveStack {
    const part: Pick<LiveStack, 'visit' | 'scrape' | 'settle' | 'setWorldTime' | 'connections'> = {
      visit: async () => {
        const { ok, tookMs } = this.shop.answer(++this.visits);
        await this.real.sleep(tookMs);
        this.counted.requests++;
        if (!ok) this.counted.errors++;
        return ok ? jsonAnswer({ totalCents: 1 }) : jsonAnswer({ error: 'broken' }, 500);
      },
      scrape: () => {
        const { requests, errors } = this.counted;
        this.counted = { requests: 0, errors: 0 };
        const cell: CellTelemetry = {
          ...{ cell: 'cost-explorer/cn-north-1', build: 'stable', requests, errors },
          ...{ latencyMsP50: 5, latencyMsP99: 9 },
        };
        return { cells: requests === 0 ? [] : [cell], ordersByRegion: {} };
      },
      settle: async () => undefined,
      setWorldTime: async (nowMs, regions) => {
        this.times.push(nowMs);
        this.toldIn.push(regions ?? null);
      },
      connections: async () => ({ 'production/cn-north-1': this.shop.connections?.(this.visits) ?? 0 }),
    };
    return part as LiveStack;
  }
}
