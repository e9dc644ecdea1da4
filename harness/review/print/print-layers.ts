import { cutTo } from '../../report/columns.ts';
import { formatMoment, listed } from '../../report/words.ts';
import type { Layer, LayerOutcome, LayersView, Try, TryAnswer } from '../layers.ts';
import { heading, item, labelled, type PageOptions, page, paragraph, title } from './page.ts';

export const LAYER_SIGNS: Readonly<Record<LayerOutcome, string>> = {
  held: '■',
  limited: '▥',
  caught: '↺',
  alarmed: '!',
  passed: '○',
  silent: '–',
  failed: '✗',
};
export const LAYER_WORDS: Readonly<Record<LayerOutcome, string>> = {
  held: 'HELD',
  limited: 'HELD IN PART',
  caught: 'TOOK IT BACK',
  alarmed: 'ONLY TOLD PEOPLE',
  passed: 'PASSED',
  silent: 'SILENT',
  failed: 'FAILED',
};
const TONES = {
  held: 'good',
  limited: 'good',
  caught: 'good',
  alarmed: 'warn',
  passed: 'warn',
  silent: 'dim',
  failed: 'bad',
} as const;
const MOST_TRIES = 20;

/** The layers of defence in the order in which the mistake met them, and each try of it. */
export function printLayers(
  view: LayersView,
  { id, title: what }: { readonly id: string; readonly title: string },
  options: PageOptions,
): string {
  return page([
    ...title(`${id}: layers of defence`, options),
    ...paragraph(what, options),
    ...labelled(
      'At stake',
      view.atStake ?? 'Not known: no harm without guardrails was measured.',
      options,
      10,
    ),
    ...labelled('Mattered', view.sentence, options, 10),
    ...(view.layers ?? []).flatMap((layer, index) => ['', ...layerLines(layer, index, options)]),
    ...(view.tries.length === 0 ? [] : ['', ...tryLines(view, options)]),
  ]);
}

function layerLines(layer: Layer, index: number, options: PageOptions): string[] {
  const { guardrail, outcome, asked, refused, why, atMs, seq } = layer;
  const use = layer.use === '' || layer.use === guardrail ? '' : ` (${layer.use})`;
  const place = seq === null || atMs === null ? '' : ` [${formatMoment(atMs)}, line ${seq}]`;
  const count =
    asked === 0 ? '' : `Asked on ${asked === 1 ? '1 try' : `${asked} tries`}, refused ${refused}. `;
  const head = `${index + 1}. ${LAYER_SIGNS[outcome]} ${LAYER_WORDS[outcome]}: ${guardrail}${use}`;
  return [
    options.paint(TONES[outcome], cutTo(head, options.width)),
    ...paragraph(`${count}${why}${place}`, options, 5),
    ...paragraph(layer.without, options, 5),
  ];
}

function tryLines({ tries }: LayersView, options: PageOptions): string[] {
  const told = foldedTries(tries);
  const shown = told.slice(0, MOST_TRIES);
  const more = told.length - shown.length;
  return [
    heading('Each try of the mistake', options),
    ...shown.flatMap(({ first, text, times, lastMs }) => {
      const again = times === 1 ? '' : ` ${times} times, the last at ${formatMoment(lastMs)}.`;
      return item(`${formatMoment(first.atMs)} ${first.landed ? '✗' : '✓'}`, `${text}${again}`, options);
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

export interface FoldedTry {
  readonly first: Try;
  readonly text: string;
  readonly times: number;
  readonly lastMs: number;
}

/** Tries that went alike are one line. */
export function foldedTries(tries: readonly Try[]): FoldedTry[] {
  const told = new Map<string, FoldedTry>();
  for (const one of tries) {
    const end = one.landed ? 'TOOK EFFECT' : one.decision.replaceAll('-', ' ');
    const text = `${one.verb} on ${one.resource} at the ${one.door} door: ${end}. ${answers(one)}`;
    const before = told.get(text);
    told.set(text, { first: before?.first ?? one, text, times: (before?.times ?? 0) + 1, lastMs: one.atMs });
  }
  return [...told.values()];
}

const ANSWERS: Readonly<Record<TryAnswer['answer'], string>> = {
  refused: 'refused by',
  'wanted-approval': 'approval wanted by',
  narrowed: 'narrowed by',
  passed: 'passed by',
  failed: 'no usable answer from',
  'not-asked': '',
};

function answers({ answers: all }: Try): string {
  const parts = (['refused', 'wanted-approval', 'narrowed', 'failed', 'passed'] as const).flatMap(kind => {
    const names = all.filter(({ answer }) => answer === kind).map(({ guardrail }) => guardrail);
    return names.length === 0 ? [] : [`${ANSWERS[kind]} ${listed(names)}`];
  });
  return parts.length === 0
    ? 'No layer was asked.'
    : `${parts.join('; ')}.`.replace(/^./, first => first.toUpperCase());
}
