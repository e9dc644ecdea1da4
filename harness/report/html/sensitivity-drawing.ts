import type { ScenarioScore } from '../../score/scorecard.ts';
import type { Sensitivity } from '../../score/sensitivity.ts';
import { safeText } from '../safe-text.ts';
import { namedCounts } from '../words.ts';
import type { Drawing, Label, Span } from './drawing.ts';

const NAMES = 250;
const COUNTS = 240;
const NUMBERS = 190;
const RANGE = 260;
const ROW = 30;
const HEAD = 30;
const MOST_ROWS = 40;

export interface SeedSpread extends Sensitivity {
  readonly name: string;
}

/** Scenarios that ran with more than one seed. */
export function seedSpreads(scenarios: readonly ScenarioScore[]): readonly SeedSpread[] {
  return scenarios
    .flatMap(({ id, sensitivity }) =>
      sensitivity === null ? [] : [{ ...sensitivity, name: safeText(id, 64) }],
    )
    .slice(0, MOST_ROWS);
}

/** `28 contained, 2 escaped, 0 inconclusive`, without the zeros. */
export function countWords({ contained, escaped, inconclusive }: SeedSpread): string {
  return namedCounts({ contained, escaped, inconclusive });
}

/** Verdicts by seed as one bar, and beside it the share of the harm contained from p5 to p95 with its median. */
export function sensitivityDrawing(spreads: readonly SeedSpread[]): Drawing {
  const rangeX = NAMES + COUNTS + NUMBERS;
  const bars: Span[] = [];
  const lines: Span[] = [];
  const labels: Label[] = [];
  spreads.forEach((spread, row) => {
    const y = HEAD + row * ROW;
    let x = NAMES;
    for (const [count, colour] of [
      [spread.contained, 'var(--good)'],
      [spread.escaped, 'var(--bad)'],
      [spread.inconclusive, 'var(--warn)'],
    ] as const) {
      const x2 = x + (count / spread.seeds) * COUNTS;
      if (count > 0) bars.push({ x, x2: x2 - 1, y: y + 7, y2: y + ROW - 7, colour });
      x = x2;
    }
    labels.push({ x: x + 6, y: y + ROW / 2, text: countWords(spread), colour: 'var(--ink)' });
    lines.push(...rangeLines(spread, rangeX, y + ROW / 2));
  });
  return {
    width: rangeX + RANGE + 20,
    height: HEAD + spreads.length * ROW + 4,
    layers: [
      { kind: 'rects', items: bars },
      { kind: 'lines', items: lines, width: 3 },
      { kind: 'labels', items: labels, size: 11, limit: NUMBERS - 12 },
      {
        kind: 'labels',
        items: spreads.map(({ name }, row) => ({
          x: NAMES - 10,
          y: HEAD + (row + 0.5) * ROW,
          text: name,
          colour: 'var(--ink)',
        })),
        align: 'right',
        limit: NAMES - 14,
      },
      {
        kind: 'labels',
        items: [
          { x: NAMES, y: HEAD / 2, text: 'Verdicts by seed', colour: 'var(--ink)' },
          { x: rangeX, y: HEAD / 2, text: 'Contained, p5 to p95 (0 to 100%)', colour: 'var(--ink)' },
        ],
        isBold: true,
      },
    ],
  };
}

function rangeLines({ containmentRatio }: SeedSpread, x: number, y: number): Span[] {
  const track: Span = { x, x2: x + RANGE, y, y2: y, colour: 'var(--track)' };
  if (containmentRatio === null) return [track];
  const { p5, p95, median } = containmentRatio;
  const at = (share: number) => x + share * RANGE;
  return [
    track,
    { x: at(p5), x2: Math.max(at(p95), at(p5) + 2), y, y2: y, colour: 'var(--muted)' },
    { x: at(median), x2: at(median), y: y - 7, y2: y + 7, colour: 'var(--ink)' },
  ];
}
