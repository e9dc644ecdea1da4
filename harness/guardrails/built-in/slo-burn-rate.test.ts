import { expect, test } from 'vitest';
import type { ContainmentOrder, RaisedAlarm } from '../../ports/guardrail.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';
import { aGuardrail, type GuardrailForTest } from '../testing/a-guardrail.ts';
import { anAction } from '../testing/an-action.ts';
import { sloBurnRate } from './slo-burn-rate.ts';

const WINDOW_MS = 10_000;
type Finding = ContainmentOrder | RaisedAlarm;

function cell(name: string, errors: number, requests = 100, build = 'stable'): CellTelemetry {
  return { cell: name, build, requests, errors, latencyMsP50: 10, latencyMsP99: 100 };
}

/** Shows `count` windows of the same telemetry; returns all findings with the time at which they came. */
function show(guardrail: GuardrailForTest, count: number, cells: readonly CellTelemetry[]) {
  const found: { atMs: number; finding: Finding }[] = [];
  for (let shown = 0; shown < count; shown++) {
    const fromMs = guardrail.clock.nowMs;
    guardrail.clock.nowMs = fromMs + WINDOW_MS;
    const window = { fromMs, toMs: fromMs + WINDOW_MS, deliveredAtMs: fromMs + WINDOW_MS, cells, orders: [] };
    const findings = (guardrail.instance.watch?.(window) ?? []) as readonly Finding[];
    for (const finding of findings) found.push({ atMs: fromMs + WINDOW_MS, finding });
  }
  return found;
}

const orders = (found: ReturnType<typeof show>) =>
  found.flatMap(({ finding }) => ('verb' in finding ? finding : []));
const alarms = (found: ReturnType<typeof show>) =>
  found.flatMap(({ finding }) => ('alarm' in finding ? finding : []));

test('the threshold is computed: 2 % of 30 days’ budget in one hour is a burn rate of 14.4', () => {
  const guardrail = aGuardrail(sloBurnRate, {});
  expect(show(guardrail, 360, [cell('pricing/na', 1)])).toEqual([]);
  const above = show(guardrail, 400, [cell('pricing/na', 2)]);
  expect(alarms(above)).toMatchObject([{ phase: 'fired', subject: 'pricing/na', threshold: 14.4 }]);
});

test('an ordinary error ratio never alarms, however long it lasts', () => {
  const guardrail = aGuardrail(sloBurnRate, {});
  expect(show(guardrail, 2_000, [cell('pricing/na', 1), cell('checkout/na', 0)])).toEqual([]);
});

test('after the trouble the short span ends the alarm, long before the long span forgets', () => {
  const guardrail = aGuardrail(sloBurnRate, {});
  show(guardrail, 360, [cell('pricing/na', 0)]);
  expect(alarms(show(guardrail, 30, [cell('pricing/na', 100)]))).toHaveLength(1);
  const after = show(guardrail, 60, [cell('pricing/na', 0)]);
  expect(alarms(after)).toMatchObject([{ phase: 'resolved' }]);
});

test('it rolls back what was changed last in the region, once, and the one before if the burn goes on', () => {
  const guardrail = aGuardrail(sloBurnRate, { cooldown: '30m' });
  const { instance, clock } = guardrail;
  const cells = (errors: number) => [
    cell('storefront/na', errors),
    cell('pricing/na', errors),
    cell('pricing/eu', 0),
  ];
  show(guardrail, 360, cells(0));
  for (const touched of ['delivery/na', 'pricing/eu', 'pricing/na']) {
    instance.carriedOut?.(anAction({ resource: touched, footprint: { cells: [touched] } }));
    clock.nowMs += 1;
  }
  const found = show(guardrail, 120, cells(90));
  expect(orders(found)).toMatchObject([
    { verb: 'rollout.rollback', resource: 'pricing/na', params: {} },
    { verb: 'rollout.rollback', resource: 'delivery/na', params: {} },
  ]);
  expect(alarms(found).map(({ subject }) => subject)).toEqual(['storefront/na', 'pricing/na']);
});

test('a change seen in telemetry alone is suspected too', () => {
  const guardrail = aGuardrail(sloBurnRate, {});
  show(guardrail, 360, [cell('pricing/na', 0), cell('storefront/na', 0)]);
  const found = show(guardrail, 60, [cell('pricing/na', 60, 100, 'new'), cell('storefront/na', 60)]);
  expect(orders(found)).toMatchObject([{ resource: 'pricing/na' }]);
});

test('without a change to undo it only alarms; deletions and old changes are no such thing', () => {
  const guardrail = aGuardrail(sloBurnRate, { suspectFor: '1h' });
  guardrail.instance.carriedOut?.(anAction());
  show(guardrail, 720, [cell('pricing/na', 0)]);
  guardrail.instance.carriedOut?.(anAction({ verb: 'environment.delete', footprint: { destructive: true } }));
  const found = show(guardrail, 60, [cell('pricing/na', 90)]);
  expect(orders(found)).toEqual([]);
  expect(alarms(found)).toHaveLength(1);
});

test('orders are bounded, whatever changes and burns', () => {
  const guardrail = aGuardrail(sloBurnRate, { maxOrders: 3, cooldown: '1m' });
  show(guardrail, 60, [cell('pricing/na', 0)]);
  let count = 0;
  for (let time = 0; time < 50; time++) {
    guardrail.instance.carriedOut?.(anAction());
    count += orders(show(guardrail, 12, [cell('pricing/na', 100)])).length;
  }
  expect(count).toBe(3);
});

test('a cell that had traffic and falls silent burns, unless absence is not to count', () => {
  for (const [countAbsence, expected] of [
    [true, 1],
    [false, 0],
  ] as const) {
    const guardrail = aGuardrail(sloBurnRate, { countAbsence });
    const others = [cell('checkout/na', 0)];
    show(guardrail, 360, [cell('pricing/na', 0), ...others]);
    const found = show(guardrail, 30, others);
    expect(alarms(found)).toHaveLength(expected);
    // Two minutes of grace, for telemetry is sometimes missing.
    if (countAbsence) expect(found[0]?.atMs).toBeGreaterThanOrEqual(3_600_000 + 120_000);
  }
});

test('a cell with hardly any traffic may be silent for a while', () => {
  const guardrail = aGuardrail(sloBurnRate, {});
  for (let hour = 0; hour < 4; hour++) {
    show(guardrail, 1, [cell('pricing/na', 0, 3)]);
    expect(show(guardrail, 60, [])).toEqual([]);
  }
});

test('few errors conclude nothing', () => {
  const guardrail = aGuardrail(sloBurnRate, { minErrors: 10 });
  expect(show(guardrail, 9, [cell('pricing/na', 1, 1)])).toEqual([]);
  expect(alarms(show(guardrail, 1, [cell('pricing/na', 1, 1)]))).toHaveLength(1);
});
