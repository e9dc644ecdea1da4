import type { LayersView, Try, TryAnswer } from '../../review/layers.ts';
import { type FoldedTry, foldedTries } from '../../review/print/print-layers.ts';
import { formatMoment } from '../words.ts';
import type { Drawing, Label, Sign, Span } from './drawing.ts';
import { TONE_SHAPES } from './signs.ts';

const MARGIN = 280;
const COLUMN = 60;
const ROW = 30;
const END = 160;
const MOST_HEAD = 130;
const MOST_TRIES = 12;
const MOST_LAYERS = 16;

type Answer = TryAnswer['answer'];

/** What an answer looks like in a layer. */
export const ANSWER_SHAPES: Readonly<Record<Exclude<Answer, 'not-asked'>, string>> = {
  refused: 'M-0.8,-0.8H0.8V0.8H-0.8Z',
  'wanted-approval': 'M0,-1L1,0L0,1L-1,0Z',
  narrowed: TONE_SHAPES.warn,
  passed: 'M-0.8,0A0.8,0.8,0,1,0,0.8,0A0.8,0.8,0,1,0,-0.8,0Z',
  failed: TONE_SHAPES.bad,
};
const ANSWER_COLOURS: Readonly<Record<Exclude<Answer, 'not-asked'>, string>> = {
  refused: 'var(--good)',
  'wanted-approval': 'var(--good)',
  narrowed: 'var(--warn)',
  passed: 'var(--bad)',
  failed: 'var(--bad)',
};

/** The guardrails as slices in order, and each try of the mistake as a line that ends at the first layer that refused it. */
export function layersDrawing(view: LayersView): Drawing {
  const names = (view.layers ?? []).slice(0, MOST_LAYERS).map(({ guardrail }) => guardrail);
  const tries = foldedTries(view.tries).slice(0, MOST_TRIES);
  const width = MARGIN + names.length * COLUMN + END;
  const longest = Math.max(...names.map(({ length }) => length));
  const head = Math.min(MOST_HEAD, 24 + longest * 4.4);
  const height = head + tries.length * ROW + 6;
  const middle = (row: number) => head + (row + 0.5) * ROW;
  const end = MARGIN + names.length * COLUMN + 14;
  const paths = tries.map(({ first }, row) => pathOf(first, { y: middle(row), end, names }));
  return {
    width,
    height,
    layers: [
      { kind: 'rects', items: names.map((_, index) => slice(index, { head, height })), corner: 6 },
      { kind: 'lines', items: paths.map(({ line }) => line), width: 2 },
      { kind: 'signs', items: paths.flatMap(({ signs }) => signs), size: 110 },
      { kind: 'signs', items: paths.flatMap(({ solid }) => solid), size: 110, isFilled: true },
      {
        kind: 'labels',
        items: names.map((name, index) => layerName(name, { index, head })),
        angle: -38,
        size: 12,
        limit: 150,
      },
      {
        kind: 'labels',
        items: tries.map((one, row) => tryName(one, middle(row))),
        align: 'right',
        limit: MARGIN - 16,
      },
      { kind: 'labels', items: paths.map(({ label }) => label), limit: END - 26, isBold: true },
    ],
  };
}

function slice(index: number, { head, height }: { head: number; height: number }): Span {
  const x = MARGIN + index * COLUMN;
  return { x: x + 14, x2: x + COLUMN - 14, y: head, y2: height, colour: 'var(--track)' };
}

function layerName(text: string, { index, head }: { index: number; head: number }): Label {
  return { x: MARGIN + (index + 0.5) * COLUMN - 4, y: head - 10, text, colour: 'var(--ink)' };
}

function tryName({ first: { atMs, verb, door }, times }: FoldedTry, y: number): Label {
  const again = times === 1 ? '' : ` ×${times}`;
  const text = `${formatMoment(atMs)} ${verb} (${door})${again}`;
  return { x: MARGIN - 8, y, text, colour: 'var(--ink)' };
}

interface Path {
  readonly line: Span;
  /** Drawn as lines, and filled. */
  readonly signs: readonly Sign[];
  readonly solid: readonly Sign[];
  readonly label: Label;
}

const SOLID: ReadonlySet<Answer> = new Set(['refused', 'wanted-approval', 'narrowed']);
const TIP = 'M0.8,0L-0.6,0.8L-0.6,-0.8Z';

function pathOf(one: Try, { y, end, names }: { y: number; end: number; names: readonly string[] }): Path {
  const answers = names.map(
    name => one.answers.find(({ guardrail }) => guardrail === name)?.answer ?? 'not-asked',
  );
  const stop = answers.findIndex(answer => answer === 'refused' || answer === 'wanted-approval');
  const stopX = stop === -1 ? MARGIN + 6 : MARGIN + (stop + 0.5) * COLUMN;
  const colour = one.landed ? 'var(--bad)' : 'var(--muted)';
  const signsOf = (isSolid: boolean) =>
    answers.flatMap((answer, index): Sign[] => {
      if (answer === 'not-asked' || SOLID.has(answer) !== isSolid) return [];
      const x = MARGIN + (index + 0.5) * COLUMN;
      return [{ x, y, shape: ANSWER_SHAPES[answer], colour: ANSWER_COLOURS[answer] }];
    });
  return {
    line: { x: MARGIN, x2: one.landed ? end : stopX, y, y2: y, colour },
    signs: signsOf(false),
    solid: [...signsOf(true), ...(one.landed ? [{ x: end, y, shape: TIP, colour }] : [])],
    label: {
      x: end + 12,
      y,
      text: one.landed ? 'took effect' : one.decision.replaceAll('-', ' '),
      colour: one.landed ? 'var(--bad)' : 'var(--good)',
    },
  };
}
