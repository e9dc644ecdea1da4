import type { GuardedAction } from '../../../ports/action.ts';
import type { WordMap } from '../../../scenario/map-schema.ts';
import { parseTemplate, type TemplatePart } from '../../../scenario/map-template.ts';
import { mapValues } from './map-values.ts';

/** Fills templates for one action. Values are put in as data, never read again: a `${…}` in a task stays as it is. */
export interface Filler {
  /** Any tree with every text filled; a key or item whose single placeholder has no value is left out. */
  tree(value: unknown): unknown;
  /** As text; what has no value becomes empty. */
  text(template: string): string;
}

export function createFiller(action: GuardedAction, tables: WordMap['tables']): Filler {
  const values = mapValues(action);
  const valueAt = (part: TemplatePart & { kind: 'value' }): unknown => {
    const plain = part.path.startsWith('params.')
      ? paramAt(action.params, part.path.split('.').slice(1))
      : values.get(part.path);
    return part.tables.reduce<unknown>(
      (value, table) => lookedUp(value, tables[table] ?? {}),
      plain ?? undefined,
    );
  };
  const fill = (template: string): unknown => {
    const parts = parseTemplate(template) ?? [{ kind: 'text', text: template }];
    const only = parts.length === 1 ? parts[0] : undefined;
    if (only?.kind === 'value') return valueAt(only);
    return parts.map(part => (part.kind === 'text' ? part.text : textOf(valueAt(part)))).join('');
  };
  const tree = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(tree).filter(item => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, tree(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  };
  return { tree, text: template => textOf(fill(template)) };
}

function paramAt(params: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Readonly<Record<string, unknown>>)[key]
        : undefined,
    params,
  );
}

/** Each word of a list by itself. A word that is not listed becomes what `*` says, or stays. */
function lookedUp(value: unknown, table: Readonly<Record<string, string | number | boolean>>): unknown {
  if (Array.isArray(value)) return value.map(item => lookedUp(item, table));
  if (typeof value === 'object') return value;
  const word = value === undefined ? '*' : String(value);
  if (Object.hasOwn(table, word)) return table[word];
  return Object.hasOwn(table, '*') ? table['*'] : value;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
