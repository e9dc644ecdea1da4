import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TelemetryWindow } from '../ports/telemetry.ts';
import { type AlarmChange, createAlarms } from './alarms.ts';
import { MINUTE_MS, testContext } from './testing/test-world.ts';

interface Figures {
  orders?: number;
  expectedOrders?: number;
  requests?: number;
  errors?: number;
}

function window(nth: number, figures: Figures): TelemetryWindow {
  const { orders = 10, expectedOrders = 10, requests = 100, errors = 0 } = figures;
  return {
    fromMs: nth * MINUTE_MS,
    toMs: (nth + 1) * MINUTE_MS,
    deliveredAtMs: (nth + 1) * MINUTE_MS,
    cells: [{ cell: 'pricing/na', build: 'b', requests, errors, latencyMsP50: 1, latencyMsP99: 2 }],
    orders: [{ region: 'na', orders, expectedOrders }],
  };
}

function play(figures: Figures[]) {
  const context = testContext();
  const alarms = createAlarms(context);
  const heard: AlarmChange[] = [];
  alarms.subscribe(change => heard.push(change));
  figures.forEach((figure, nth) => {
    alarms.onWindow(window(nth, figure));
  });
  return { context, heard: heard.map(({ alarm, subject, phase }) => `${alarm} ${subject} ${phase}`) };
}

const times = (count: number, figures: Figures) => Array.from({ length: count }, () => figures);

test('orders below their share over the window fire once, and resolve once they are back', () => {
  const { context, heard } = play([...times(6, {}), ...times(8, { orders: 1 }), ...times(6, {})]);
  expect(heard).toEqual(['order-rate na fired', 'order-rate na resolved']);
  expect(context.events[0]).toEqual({
    atMs: 0,
    type: 'alarm',
    alarm: 'order-rate',
    source: 'ordinary',
    subject: 'na',
    phase: 'fired',
    observed: 0.28,
    threshold: 0.5,
  });
});

test('errors above the threshold over the window fire once, and resolve once they are gone', () => {
  const { heard } = play([...times(6, {}), ...times(4, { errors: 50 }), ...times(6, {})]);
  expect(heard).toEqual(['error-ratio na fired', 'error-ratio na resolved']);
});

test('nothing fires before the window is covered', () => {
  expect(play(times(4, { orders: 0, errors: 100 })).heard).toEqual([]);
});

test('small numbers page nobody', () => {
  expect(play(times(20, { orders: 0, expectedOrders: 2, requests: 4, errors: 1 })).heard).toEqual([]);
});

test('a region of which nothing is heard keeps its open alarm', () => {
  const silent = { orders: 0, expectedOrders: 0, requests: 0 };
  const { heard } = play([...times(6, { errors: 100 }), ...times(20, silent)]);
  expect(heard).toEqual(['error-ratio na fired']);
});

test('a cancelled listener hears nothing more', () => {
  const alarms = createAlarms(testContext());
  const heard: AlarmChange[] = [];
  alarms.subscribe(change => heard.push(change))();
  for (let nth = 0; nth < 10; nth++) alarms.onWindow(window(nth, { orders: 0 }));
  expect(heard).toEqual([]);
});

test('whatever the figures, each alarm fires and resolves by turns', () => {
  const figure = fc.record({ orders: fc.nat(20), errors: fc.nat(100) });
  fc.assert(
    fc.property(fc.array(figure, { maxLength: 60 }), figures => {
      const { heard } = play(figures);
      for (const alarm of ['order-rate', 'error-ratio']) {
        const phases = heard.filter(line => line.startsWith(alarm)).map(line => line.split(' ')[2]);
        phases.forEach((phase, nth) => {
          expect(phase).toBe(nth % 2 === 0 ? 'fired' : 'resolved');
        });
      }
    }),
  );
});
