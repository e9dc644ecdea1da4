import { cutTo, wrap } from '../../report/columns.ts';
import { formatMoment, plural } from '../../report/words.ts';
import {
  type Layer,
  type LayerOutcome,
  type LayersView,
  layers,
  type TryAnswer,
} from '../../review/layers.ts';
import { bodyRows, clamp, windowTop } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import type { Body } from './body.ts';
import type { Brush, BrushTone } from './brush.ts';
import { field, sized } from './text.ts';

const SIGNS: Readonly<Record<LayerOutcome, readonly [sign: string, word: string, tone: BrushTone]>> = {
  held: ['■', 'HELD', 'good'],
  limited: ['▥', 'HELD IN PART', 'good'],
  caught: ['↺', 'TOOK IT BACK', 'good'],
  alarmed: ['!', 'ONLY TOLD PEOPLE', 'warn'],
  passed: ['○', 'PASSED', 'warn'],
  silent: ['–', 'SILENT', 'dim'],
  failed: ['✗', 'FAILED', 'bad'],
};
const WORD_WIDTH = 18;

/** The guardrails as layers from top to bottom, with the way of the mistake through them; below, the chosen one in full. */
export function layersBody(state: UiState, brush: Brush): Body {
  const scenario = scenarioOf(state);
  if (scenario === null) return { head: [], page: [] };
  const { columns } = state.size;
  const view = layers(scenario);
  const all = view.layers ?? [];
  const at = clamp(state.layer, 0, Math.max(0, all.length - 1));
  const most = Math.max(4, bodyRows(state.size) - 12);
  const top = windowTop(at, { top: at - Math.floor(most / 2), rows: most, count: all.length });
  const shown = all.slice(top, top + most).map((layer, index) => {
    const place = { isChosen: top + index === at, number: top + index + 1, columns };
    return layerRow(layer, { ...place, way: wayAt(all, top + index) }, brush);
  });
  const left = all.length - shown.length;
  return {
    head: [
      ...wrap(` At stake: ${view.atStake ?? 'not known, no harm without guardrails was measured.'}`, {
        width: columns,
        hanging: 1,
      }).slice(0, 2),
      brush(
        'bad',
        ` ${view.tries.length === 0 ? '  no try of the mistake' : `▼ the mistake: ${plural(view.tries.length, 'try').replace('trys', 'tries')}`}`,
      ),
      ...shown,
      ...(left > 0 ? [brush('dim', `   ${left} layers more (j, k)`)] : []),
      endLine(view, brush),
      brush('dim', '─'.repeat(columns)),
    ],
    page: detail(view, all[at], columns, brush),
  };
}

/** Whether the mistake got as far as this layer: it goes on below one that did not hold. */
function wayAt(all: readonly Layer[], index: number): string {
  const held = all.findIndex(({ outcome }) => outcome === 'held');
  if (held === -1 || index < held) return '│';
  return index === held ? '╳' : ' ';
}

function layerRow(
  layer: Layer,
  {
    isChosen,
    number,
    columns,
    way,
  }: { readonly isChosen: boolean; readonly number: number; readonly columns: number; readonly way: string },
  brush: Brush,
): string {
  const [sign, word, tone] = SIGNS[layer.outcome];
  const asked = layer.asked === 0 ? 'never asked' : `asked ${layer.asked}×, refused ${layer.refused}×`;
  const name = sized(layer.guardrail, Math.max(20, columns - WORD_WIDTH - 34));
  const text = `${String(number).padStart(2)} ${sign} ${word.padEnd(WORD_WIDTH)}${name} ${asked}`;
  const line = sized(`${isChosen ? '▸' : ' '}${way} ${text}`, columns);
  return isChosen ? brush('cursor', line) : brush(tone, line);
}

function endLine({ tries }: LayersView, brush: Brush): string {
  const landed = tries.filter(one => one.landed).length;
  if (tries.length === 0) return brush('dim', '   nothing was tried');
  if (landed === 0) return brush('good', '   ✓ production: nothing got through');
  return brush('bad', ` ▼ ✗ production: ${landed} of ${tries.length} took effect`);
}

function detail(
  { sentence, tries }: LayersView,
  layer: Layer | undefined,
  columns: number,
  brush: Brush,
): string[] {
  return [
    ...(layer === undefined
      ? [' The profile has no guardrail: there was no layer to pass.']
      : layerText(layer, columns, brush)),
    ...field(' Mattered', sentence, columns - 1, 11),
    '',
    ...(tries.length === 0 ? [] : [brush('strong', ' Each try of the mistake, and what the layers said')]),
    ...tries.slice(0, 60).flatMap(one => {
      const end = one.landed ? 'TOOK EFFECT' : one.decision.replaceAll('-', ' ');
      const head = `${formatMoment(one.atMs)} ${one.verb} on ${one.resource} at the ${one.door} door: ${end}`;
      return [
        brush(one.landed ? 'bad' : 'good', cutTo(` ${one.landed ? '✗' : '✓'} ${head}`, columns)),
        ...wrap(answersOf(one.answers, layer), { width: columns - 1, indent: 4, hanging: 2 }),
      ];
    }),
  ];
}

function layerText(layer: Layer, columns: number, brush: Brush): string[] {
  const { guardrail, use, doors, why, without, atMs, seq } = layer;
  const place = seq === null || atMs === null ? '' : ` (${formatMoment(atMs)}, line ${seq})`;
  const kind = use === '' || use === guardrail ? '' : ` (${use})`;
  const where = doors.length === 0 ? '' : `, at ${doors.join(', ')}`;
  return [
    brush('strong', cutTo(` ${guardrail}${kind}${where}`, columns)),
    ...field(' Why', `${why}${place}`, columns - 1, 11),
    ...field(' Without', without, columns - 1, 11),
  ];
}

const ANSWERS: Readonly<Record<TryAnswer['answer'], string>> = {
  refused: 'refused',
  'wanted-approval': 'wanted approval',
  narrowed: 'narrowed',
  passed: 'passed',
  failed: 'no usable answer',
  'not-asked': 'not asked',
};

/** The chosen layer's answer first, then those that said anything but that they were not asked. */
function answersOf(answers: readonly TryAnswer[], layer: Layer | undefined): string {
  const own = answers.find(({ guardrail }) => guardrail === layer?.guardrail);
  const others = answers.filter(one => one !== own && one.answer !== 'not-asked');
  const words = (one: TryAnswer) => `${one.guardrail} ${ANSWERS[one.answer]}`;
  const mine = own === undefined ? [] : [`${words(own)}${own.reason === '' ? '' : ` (${own.reason})`}`];
  return `${[...mine, ...others.map(words)].join('; ') || 'no layer was asked'}.`;
}
