import { z } from 'zod';
import { formatDuration, parseDurationMs } from '../kernel/duration.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { Tightening } from '../ports/guardrail.ts';
import { fixedWords, writtenOption } from './written-option.ts';

/** How much longer, shorter, larger or smaller a step makes a duration or a share. */
const STEP = 4;
/** Small counts go up one by one: a third approver is a change that people understand. */
const SMALL_COUNT = 4;

type Way = 'up' | 'down';

/**
 * Values to try instead of `value`, as a file writes them, the nearest first; they may break the option's own rules, which
 * only its schema knows. Without a tightening, zod cannot tell which way protects more, and both are tried.
 */
export function tighterValues(
  schema: z.core.$ZodType,
  value: unknown,
  tightening: Tightening | undefined,
): readonly unknown[] {
  if (tightening === 'none') return [];
  const { inner } = writtenOption(schema);
  const ways: readonly Way[] = tightening === 'up' || tightening === 'down' ? [tightening] : ['up', 'down'];
  const found =
    typeof tightening === 'object' ? tightening : ways.flatMap(way => valuesOf(inner, value, way));
  const known = new Set([stableJson(value)]);
  return found.filter(candidate => {
    const text = stableJson(candidate);
    return !known.has(text) && known.add(text) !== undefined;
  });
}

function valuesOf(inner: z.core.$ZodType, value: unknown, way: Way): readonly unknown[] {
  if (typeof value === 'boolean') return [way === 'up'];
  if (typeof value === 'number' && inner instanceof z.ZodNumber) return numbers(inner, value, way);
  if (Array.isArray(value) && inner instanceof z.ZodArray) return lists(inner, way);
  const words = fixedWords(inner);
  if (words !== null) {
    const place = words.indexOf(value);
    if (place < 0) return [];
    return way === 'up' ? words.slice(place + 1) : words.slice(0, place).reverse();
  }
  return typeof value === 'string' ? texts(value, way) : [];
}

function numbers(schema: z.ZodNumber, value: number, way: Way): readonly number[] {
  const isCount = Number.isInteger(value) && schema.format !== null;
  if (way === 'up') return [isCount && value < SMALL_COUNT ? value + 1 : value * 2];
  const half = isCount ? Math.floor(value / 2) : value / 2;
  const least = schema.minValue;
  return least !== null && Number.isFinite(least) && least < half ? [half, least] : [half];
}

/** All words of a list of fixed words, or an empty list. */
function lists(schema: z.ZodArray, way: Way): readonly unknown[] {
  if (way === 'down') return [[]];
  const words = fixedWords(schema.def.element);
  return words === null ? [] : [words];
}

/** Durations and shares; other texts have no direction. */
function texts(value: string, way: Way): readonly string[] {
  const durationMs = parseDurationMs(value);
  if (durationMs !== null && durationMs > 0) {
    return [formatDuration(way === 'up' ? durationMs * STEP : durationMs / STEP)];
  }
  const percent = /^\d+(\.\d+)?%$/.test(value) ? Number(value.slice(0, -1)) : null;
  if (percent === null) return [];
  const next = way === 'up' ? 100 - (100 - percent) / STEP : percent / STEP;
  return [`${Number(next.toFixed(6))}%`];
}
