import { z } from 'zod';
import type { CellId } from '../../ports/resource.ts';
import { duration, percent } from '../../scenario/common-schema.ts';
import type { ContainmentOrder, RaisedAlarm, TelemetryWindow } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';
import { type BurnOptions, CellBurn } from './support/cell-burn.ts';
import { isCell, regionOf } from './support/cells.ts';
import { RecentChanges } from './support/recent-changes.ts';

const alert = z
  .strictObject({
    long: duration.describe('Span over which the budget is burnt.'),
    short: duration.describe('Shorter span that must burn too, so that an alert ends when the trouble does.'),
    budget: percent.describe("Share of the period's error budget burnt over the long span."),
  })
  .refine(({ long, short }) => short > 0 && short <= long, 'short must be above 0 and at most long')
  .refine(({ budget }) => budget > 0, 'budget must be above 0%');

const options = z.strictObject({
  objective: percent
    .refine(share => share > 0 && share < 1, 'above 0% and below 100%')
    .prefault('99.9%')
    .describe('Share of requests that must succeed.'),
  period: duration
    .refine(ms => ms > 0, 'longer than 0s')
    .prefault('30d')
    .describe('Period of the objective.'),
  alerts: z
    .array(alert)
    .min(1)
    .max(10)
    .prefault([{ long: '1h', short: '5m', budget: '2%' }])
    .describe(
      'Multiwindow alerts. Thresholds are computed: budget × period ÷ long (2% of 30d in 1h is 14.4).',
    ),
  minErrors: z
    .int()
    .min(1)
    .default(10)
    .describe('Errors over the long span below which nothing is concluded.'),
  absentAfter: duration
    .prefault('2m')
    .describe('A cell that had traffic and sends no telemetry for so long is taken to fail its requests.'),
  countAbsence: z.boolean().default(true).describe('Whether absent telemetry counts as burning at all.'),
  suspectFor: duration.prefault('6h').describe('How long a change is suspected after it was made.'),
  cooldown: duration.prefault('1h').describe('Shortest time between two orders for one cell.'),
  maxOrders: z.int().min(0).max(100).default(10).describe('Most orders in one run; 0: alarms only.'),
});
type Options = z.infer<typeof options>;

/** Cells watched; a company's world has far fewer. */
const MOST_CELLS = 500;

/**
 * Multiwindow burn-rate alerts per cell (Google, The Site Reliability Workbook, chapter 5, "Alerting on SLOs"). A fast
 * burn raises an alarm, and orders the roll-back of what was changed last in that region, if anything was.
 */
export const sloBurnRate = defineGuardrail({
  name: 'slo-burn-rate',
  summary:
    "Watches each cell's error budget; on a fast burn raises an alarm and rolls back the region's last change.",
  options,
  tighten: {
    objective: 'up',
    period: 'none',
    'alerts.long': 'none',
    'alerts.short': 'down',
    'alerts.budget': 'down',
    minErrors: 'down',
    absentAfter: 'down',
    countAbsence: 'up',
    suspectFor: 'up',
    cooldown: 'down',
    maxOrders: 'up',
  },
  create: (given, context) => {
    const watcher = new Watcher(given);
    return {
      carriedOut: action => watcher.changes.told(action, context.nowMs()),
      watch: window => watcher.look(window, context.nowMs()),
    };
  },
});

class Watcher {
  readonly changes = new RecentChanges();
  private readonly given: Options;
  private readonly burnOptions: BurnOptions;
  private readonly cells = new Map<CellId, CellBurn>();
  private readonly alarmed = new Set<CellId>();
  private readonly orderedAtMs = new Map<CellId, number>();
  private orders = 0;

  constructor(given: Options) {
    this.given = given;
    this.burnOptions = {
      alerts: given.alerts.map(({ long, short, budget }) => ({
        longMs: long,
        shortMs: short,
        threshold: (budget * given.period) / long,
      })),
      allowedRatio: 1 - given.objective,
      minErrors: given.minErrors,
      absentAfterMs: given.countAbsence ? given.absentAfter : null,
    };
  }

  look(window: TelemetryWindow, nowMs: number): readonly (ContainmentOrder | RaisedAlarm)[] {
    const sent = new Map(window.cells.map(telemetry => [telemetry.cell, telemetry]));
    for (const telemetry of window.cells) {
      this.changes.seen(telemetry, nowMs);
      if (this.cells.has(telemetry.cell) || this.cells.size >= MOST_CELLS || !isCell(telemetry.cell))
        continue;
      this.cells.set(telemetry.cell, new CellBurn(this.burnOptions, window.fromMs));
    }
    const findings: (ContainmentOrder | RaisedAlarm)[] = [];
    const burningRegions = new Map<string, number>();
    for (const [cell, burn] of this.cells) {
      burn.take(window, sent.get(cell) ?? null);
      const burning = burn.burning();
      const alarm = this.alarmOf(cell, burning);
      if (alarm !== null) findings.push(alarm);
      if (burning === null) continue;
      const region = regionOf(cell);
      burningRegions.set(region, Math.max(burning.rate, burningRegions.get(region) ?? 0));
    }
    for (const [region, rate] of burningRegions) {
      const order = this.orderFor(region, rate, nowMs);
      if (order !== null) findings.push(order);
    }
    return findings;
  }

  /** Says when a cell begins to burn, and when it has stopped; in between nothing. */
  private alarmOf(cell: CellId, burning: { rate: number; threshold: number } | null): RaisedAlarm | null {
    if ((burning !== null) === this.alarmed.has(cell)) return null;
    const alarm = { alarm: 'error-budget-burn', subject: cell };
    if (burning === null) {
      this.alarmed.delete(cell);
      return { ...alarm, phase: 'resolved', observed: 0, threshold: this.lowestThreshold() };
    }
    this.alarmed.add(cell);
    return {
      ...alarm,
      phase: 'fired',
      observed: Number(burning.rate.toFixed(3)),
      threshold: burning.threshold,
    };
  }

  private orderFor(region: string, rate: number, nowMs: number): ContainmentOrder | null {
    const { suspectFor, cooldown, maxOrders } = this.given;
    const suspect = this.changes.newest(region, nowMs - suspectFor);
    if (suspect === null || this.orders >= maxOrders) return null;
    const lastMs = this.orderedAtMs.get(suspect);
    if (lastMs !== undefined && nowMs - lastMs < cooldown) return null;
    this.orders += 1;
    this.orderedAtMs.set(suspect, nowMs);
    // Asked for once: the next order, if the burn goes on, goes to the change before this one.
    this.changes.forget(suspect);
    return {
      verb: 'rollout.rollback',
      resource: suspect,
      params: {},
      because: `the error budget in ${region} burns ${rate.toFixed(1)} times too fast, and this was changed last`,
    };
  }

  private lowestThreshold(): number {
    return Math.min(...this.burnOptions.alerts.map(({ threshold }) => threshold));
  }
}
