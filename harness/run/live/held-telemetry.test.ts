import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldTelemetry, ratesOf } from './held-telemetry.ts';

const SEEN = { cell: 'pricing/na', build: 'stable', latencyMsP50: 5, latencyMsP99: 9 };

test('over any number of windows, telemetry adds up to the rates times the arrivals', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.nat(200),
      fc.array(fc.nat(20), { maxLength: 12 }),
      (walked, requests, windows) => {
        const errors = Math.floor(requests / 3);
        const rates = ratesOf([{ ...SEEN, requests, errors }], 'na', walked);
        const telemetry = new HeldTelemetry();
        const sums = { requests: 0, errors: 0 };
        for (const arrivals of windows) {
          for (let nth = 0; nth < arrivals; nth++) telemetry.arrive(rates);
          for (const cell of telemetry.scrape().cells) {
            expect(cell.errors).toBeLessThanOrEqual(cell.requests);
            sums.requests += cell.requests;
            sums.errors += cell.errors;
          }
        }
        const arrivals = windows.reduce((sum, count) => sum + count, 0);
        expect(Math.abs(sums.requests - (requests * arrivals) / walked)).toBeLessThan(1.01);
        expect(Math.abs(sums.errors - (errors * arrivals) / walked)).toBeLessThan(3);
      },
    ),
  );
});

test('a cell that nobody asked sends nothing, and a region hears only of its own cells', () => {
  const rates = ratesOf([{ ...SEEN, requests: 4, errors: 0 }], 'eu', 2);
  expect(rates).toEqual([]);
  const telemetry = new HeldTelemetry();
  telemetry.arrive(rates);
  expect(telemetry.scrape().cells).toEqual([]);
});

test('a count sees one build in one slot from its start to its end', () => {
  const telemetry = new HeldTelemetry();
  const rates = ratesOf([{ ...SEEN, requests: 2, errors: 1 }], 'na', 1);
  telemetry.arrive(rates);
  const read = telemetry.count('production:pricing/na', 'stable');
  const other = telemetry.count('production:pricing/na', 'canary');
  telemetry.arrive(rates);
  expect(read()).toMatchObject({ cell: 'pricing/na', build: 'stable', requests: 2, errors: 1 });
  expect(other()).toBeNull();
  telemetry.arrive(rates);
  expect(telemetry.scrape().cells[0]).toMatchObject({ requests: 6, errors: 3 });
});

test('what the stack counted of other requests, and orders, wait for the next scrape', () => {
  const telemetry = new HeldTelemetry();
  telemetry.keep([{ ...SEEN, requests: 20, errors: 0 }]);
  telemetry.order('na');
  telemetry.order('na');
  expect(telemetry.scrape()).toMatchObject({ cells: [{ requests: 20 }], ordersByRegion: { na: 2 } });
  expect(telemetry.scrape()).toEqual({ cells: [], ordersByRegion: {} });
});
