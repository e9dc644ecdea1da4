import type { TelemetryWindow } from '../ports/telemetry.ts';
import { type Judgement, judgeRegion } from './judge-region.ts';
import type { PeopleContext } from './people-context.ts';

/** An alarm that fired or resolved, as a pager passes it on. */
export interface AlarmChange {
  readonly alarm: string;
  /** `ordinary`, or the id of the guardrail that raised it. */
  readonly source: string;
  /** A region or a cell. */
  readonly subject: string;
  readonly phase: 'fired' | 'resolved';
}

export interface Alarms {
  /** Takes a telemetry window as it is delivered. Windows must come in the order of time. */
  onWindow(window: TelemetryWindow): void;
  /** Calls `listener` for each change, until cancelled. */
  subscribe(listener: (change: AlarmChange) => void): () => void;
}

type OrdinaryAlarm = 'order-rate' | 'error-ratio';

/**
 * The alarms that every company has, per region over `world.alarms.window`: orders below their usual share, and the
 * worst cell's share of errors above the threshold. Each fires once and stays open until its figure is back. A region
 * without data keeps the state it has: no data is never good news.
 */
export function createAlarms(context: PeopleContext): Alarms {
  const { alarms: rules, regions } = context.world;
  const open = new Set<string>();
  const listeners = new Set<(change: AlarmChange) => void>();
  let recent: TelemetryWindow[] = [];

  const change = (alarm: OrdinaryAlarm, region: string, judgement: Judgement, threshold: number) => {
    const key = `${alarm} ${region}`;
    const phase = open.has(key) ? (judgement.isBack ? 'resolved' : null) : judgement.fires ? 'fired' : null;
    if (phase === null) return;
    if (phase === 'fired') open.add(key);
    else open.delete(key);
    const observed = Math.round(judgement.observed * 10_000) / 10_000;
    context.journal.write({
      type: 'alarm',
      alarm,
      source: 'ordinary',
      subject: region,
      phase,
      observed,
      threshold,
    });
    for (const listener of [...listeners]) listener({ alarm, source: 'ordinary', subject: region, phase });
  };

  return {
    onWindow: window => {
      recent = [...recent.filter(past => past.toMs > window.toMs - rules.window), window];
      const coveredMs = window.toMs - (recent[0]?.fromMs ?? window.toMs);
      if (coveredMs < rules.window) return;
      for (const region of regions) {
        const { orders, errors } = judgeRegion(recent, region, rules);
        if (orders !== null) change('order-rate', region, orders, rules.orderRateBelow);
        if (errors !== null) change('error-ratio', region, errors, rules.errorsAbove);
      }
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
