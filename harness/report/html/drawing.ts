import type { TopLevelSpec } from 'vega-lite';
import { cutTo } from '../columns.ts';

/** A picture in pixels from its top left corner; later layers lie above earlier ones. Colours are the page's CSS variables. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
}

type Layer =
  | { readonly kind: 'rects'; readonly items: readonly Span[]; readonly corner?: number }
  | { readonly kind: 'lines'; readonly items: readonly Span[]; readonly width?: number }
  | ({ readonly kind: 'labels'; readonly items: readonly Label[] } & LabelStyle)
  | ({ readonly kind: 'signs'; readonly items: readonly Sign[] } & SignStyle);

/** A rectangle or a line, by two opposite ends. */
export interface Span {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
  readonly colour: string;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
}

interface LabelStyle {
  readonly align?: 'left' | 'center' | 'right';
  readonly size?: number;
  readonly isBold?: boolean;
  /** Degrees, clockwise. */
  readonly angle?: number;
  /** Longest width, px: the rest is cut off with an ellipsis. */
  readonly limit?: number;
}

interface SignStyle {
  readonly size?: number;
  /** Left out: drawn as lines. */
  readonly isFilled?: boolean;
}

export interface Sign {
  readonly x: number;
  readonly y: number;
  /** A path within -1 … 1. */
  readonly shape: string;
  readonly colour: string;
}

/** The same as a Vega-Lite specification: both scales are the identity, so that a unit is a pixel. */
export function specOf({ width, height, layers }: Drawing): TopLevelSpec {
  return {
    width,
    height,
    padding: 0,
    // Otherwise the library moves everything to make room for texts, whose widths it can but guess.
    autosize: 'none',
    background: 'transparent',
    // Names and alternatives are the page's own; those of the library would be read out mark by mark.
    config: { aria: false, font: 'system-ui, sans-serif', view: { stroke: null } },
    layer: layers
      .filter(({ items }) => items.length > 0)
      .map(layer => ({
        data: { values: itemsOf(layer) },
        mark: markOf(layer),
        encoding: encodingOf(layer, { width, height }),
      })),
  } as TopLevelSpec;
}

const FONT_SIZE = 12;
/** Width of a letter of usual fonts, in shares of their size. */
const LETTER = 0.56;

/** Texts are cut here and not by the library, which measures with a much wider letter when there is no browser. */
function itemsOf(layer: Layer): object[] {
  if (layer.kind !== 'labels' || layer.limit === undefined) return layer.items.map(item => ({ ...item }));
  const letters = Math.floor(layer.limit / ((layer.size ?? FONT_SIZE) * LETTER));
  return layer.items.map(item => ({ ...item, text: cutTo(item.text, letters) }));
}

function markOf(layer: Layer): object {
  switch (layer.kind) {
    case 'rects':
      return { type: 'rect', strokeWidth: 0, cornerRadius: layer.corner ?? 0 };
    case 'lines':
      return { type: 'rule', strokeWidth: layer.width ?? 1 };
    case 'signs':
      return { type: 'point', filled: false, size: layer.size ?? 60, strokeWidth: 2, opacity: 1 };
    case 'labels':
      return {
        type: 'text',
        align: layer.align ?? 'left',
        baseline: 'middle',
        fontSize: layer.size ?? FONT_SIZE,
        fontWeight: layer.isBold === true ? 600 : 400,
        angle: layer.angle ?? 0,
      };
  }
}

function encodingOf(layer: Layer, { width, height }: { width: number; height: number }): object {
  const place = (field: 'x' | 'y', domain: readonly [number, number]) => ({
    field,
    type: 'quantitative',
    axis: null,
    scale: { domain, nice: false, zero: false },
  });
  const raw = (field: string) => ({ field, type: 'nominal', scale: null, legend: null });
  const at = { x: place('x', [0, width]), y: place('y', [height, 0]) };
  const span = { ...at, x2: { field: 'x2' }, y2: { field: 'y2' } };
  switch (layer.kind) {
    case 'rects':
      return { ...span, fill: raw('colour') };
    case 'lines':
      return { ...span, stroke: raw('colour') };
    case 'signs':
      return {
        ...at,
        stroke: raw('colour'),
        shape: raw('shape'),
        ...(layer.isFilled === true ? { fill: raw('colour') } : {}),
      };
    case 'labels':
      return { ...at, fill: raw('colour'), text: { field: 'text', type: 'nominal' } };
  }
}
