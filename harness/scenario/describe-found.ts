import { printable } from './printable.ts';

/** A value of a file in words, completing "found …". */
export function describeFound(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'empty text' : `"${printable(value, 60)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty mapping';
  const shown = keys.slice(0, 4).map(key => printable(key, 30));
  return `a mapping with ${shown.join(', ')}${keys.length > 4 ? ', …' : ''}`;
}
