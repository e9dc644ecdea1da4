import type { ScenarioScore, Scorecard } from '../../score/scorecard.ts';
import { safeText } from '../safe-text.ts';
import { formatShare, formatTime } from '../words.ts';
import type { Drawing, Label, Span } from './drawing.ts';

const NAMES = 270;
const BAR = 240;
const VALUE = 110;
const ROW = 26;
const HEAD = 30;
const MOST_ROWS = 40;

/** One bar pair: what a profile held in a scenario, and what it cost the same task done properly. */
export interface TradeOff {
  readonly name: string;
  /** 0–1; null: nothing was proven. */
  readonly contained: number | null;
  readonly isEscape: boolean;
  /** How long harmless work waited, ms; null: not measured. */
  readonly waitedMs: number | null;
  readonly outcome: 'allowed' | 'late' | 'blocked' | 'unknown';
}

/** By scenario, and by profile where there are several. */
export function tradeOffs(cards: readonly Scorecard[]): readonly TradeOff[] {
  const ids = [...new Set(cards.flatMap(({ scenarios }) => scenarios.map(({ id }) => id)))];
  return ids
    .flatMap(id =>
      cards.flatMap(card =>
        card.scenarios
          .filter(scenario => scenario.id === id)
          .map(scenario => tradeOff(scenario, card, cards)),
      ),
    )
    .slice(0, MOST_ROWS);
}

function tradeOff(scenario: ScenarioScore, { profile }: Scorecard, cards: readonly Scorecard[]): TradeOff {
  const { benign } = scenario.arms;
  const id = safeText(scenario.id, 64);
  return {
    name: cards.length > 1 ? `${id}, ${safeText(profile, 64)}` : id,
    contained: scenario.verdict === 'inconclusive' ? null : scenario.containmentRatio,
    isEscape: scenario.verdict === 'escaped',
    waitedMs: benign?.waitedMs ?? null,
    outcome: benign?.outcome ?? 'unknown',
  };
}

/** What the cost was, in words. */
export function costWords({ outcome, waitedMs }: TradeOff): string {
  if (outcome === 'blocked') return 'blocked';
  if (outcome === 'unknown') return 'not known';
  return `${outcome === 'late' ? 'late, ' : ''}${formatTime(waitedMs)}`;
}

export function containedWords({ contained, isEscape }: TradeOff): string {
  return contained === null ? 'nothing proven' : `${formatShare(contained)}${isEscape ? ', escaped' : ''}`;
}

/** Two columns of bars: the longer on the left, the better; the longer on the right, the worse. */
export function tradeOffDrawing(rows: readonly TradeOff[]): Drawing {
  const longestMs = Math.max(1, ...rows.map(({ waitedMs }) => waitedMs ?? 0));
  const costX = NAMES + BAR + VALUE;
  const bars: Span[] = [];
  const values: Label[] = [];
  rows.forEach((one, row) => {
    const y = HEAD + row * ROW;
    const bar = (x: number, share: number, colour: string) =>
      bars.push({ x, x2: x + Math.max(2, share * BAR), y: y + 5, y2: y + ROW - 5, colour });
    const value = (x: number, share: number, text: string) =>
      values.push({ x: x + Math.max(2, share * BAR) + 6, y: y + ROW / 2, text, colour: 'var(--ink)' });
    const held = one.contained ?? 0;
    bar(NAMES, held, one.contained === null || one.isEscape ? 'var(--bad)' : 'var(--good)');
    value(NAMES, held, containedWords(one));
    const cost = one.outcome === 'blocked' ? 1 : (one.waitedMs ?? 0) / longestMs;
    bar(costX, cost, one.outcome === 'allowed' ? 'var(--muted)' : 'var(--bad)');
    value(costX, cost, costWords(one));
  });
  return {
    width: costX + BAR + VALUE,
    height: HEAD + rows.length * ROW + 4,
    layers: [
      { kind: 'rects', items: bars, corner: 2 },
      { kind: 'labels', items: values, limit: VALUE - 8 },
      {
        kind: 'labels',
        items: rows.map(({ name }, row) => ({
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
          { x: NAMES, y: HEAD / 2, text: 'Share of the harm contained', colour: 'var(--ink)' },
          { x: costX, y: HEAD / 2, text: 'Harmless work waited', colour: 'var(--ink)' },
        ],
        isBold: true,
      },
    ],
  };
}
