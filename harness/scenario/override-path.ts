import { nearestWord } from '../kernel/nearest.ts';
import { printable } from './printable.ts';
import type { FilePath, Finding } from './problem.ts';
import { expectedOf, legalKeys, schemaAt } from './schema-walk.ts';
import { worldSchema } from './world-schema.ts';

/** A part of an override's path: a key, or in brackets an index or the id of an entry. */
type OverridePart = { readonly key: string } | { readonly entry: string };

const PART = /(?:^|\.)([A-Za-z0-9_-]+)|\[([A-Za-z0-9_-]+)\]|\["([^"\]]+)"\]/y;

/** Reads `services.pricing.poolMax`, `persons[engineer-17].level` or `config["flag.x"]`; null when it is no path. */
function parseOverridePath(text: string): readonly OverridePart[] | null {
  const parts: OverridePart[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return null;
    const key = match[1] ?? match[3];
    parts.push(key === undefined ? { entry: match[2] as string } : { key });
  }
  return parts.length === 0 ? null : parts;
}

/** The path in the world's file that an override means; a finding when the world has no such place. */
export function resolveOverridePath(text: string, written: unknown): FilePath | Finding {
  const parts = parseOverridePath(text);
  const task = `find "${printable(text, 80)}" in the world`;
  if (parts === null)
    return { code: 'wrong-value', task, expected: 'a path such as services.pricing.poolMax' };
  const path: (string | number)[] = [];
  let value = written;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const step =
      'entry' in part ? entryStep(part.entry, value) : keyStep(part.key, { path, value, written, isLast });
    if (!('next' in step)) return { code: 'unknown-name', task, ...step };
    path.push(step.next);
    value = (value as Record<string | number, unknown> | undefined)?.[step.next];
  }
  return IDENTITY.has(String(path[0]))
    ? { code: 'conflict', task: `override ${path[0]}`, hint: 'it is no figure of the world' }
    : path;
}

const IDENTITY = new Set(['apiVersion', 'kind', 'metadata']);

type StepInto = { readonly next: string | number } | Pick<Finding, 'legal' | 'nearest' | 'hint' | 'expected'>;

function entryStep(entry: string, value: unknown): StepInto {
  if (!Array.isArray(value)) return { hint: `what stands before [${entry}] is no list` };
  if (/^\d+$/.test(entry)) {
    return Number(entry) < value.length
      ? { next: Number(entry) }
      : { hint: `the list has ${value.length} entries, counted from 0` };
  }
  const ids = value.map(item => String((item as { id?: unknown } | null)?.id ?? ''));
  const index = ids.indexOf(entry);
  if (index !== -1) return { next: index };
  const legal = ids.filter(id => id !== '');
  return { legal, nearest: nearestWord(entry, legal) };
}

interface Position {
  readonly path: FilePath;
  readonly value: unknown;
  readonly written: unknown;
  readonly isLast: boolean;
}

function keyStep(key: string, at: Position): StepInto {
  if (Array.isArray(at.value))
    return { hint: `choose an entry of the list: [0], or [id] where entries have ids` };
  const isThere = typeof at.value === 'object' && at.value !== null && Object.hasOwn(at.value, key);
  if (isThere) return { next: key };
  const schema = schemaAt(worldSchema, at.path, at.written);
  const fixedKeys = schema === null ? [] : legalKeys(schema);
  // A key that the file leaves to its default, or a new one in a mapping of free keys such as `config`.
  const isFree = schema !== null && expectedOf(schema) === 'a mapping' && fixedKeys.length === 0;
  if (fixedKeys.includes(key) || (isFree && at.isLast)) return { next: key };
  const present = typeof at.value === 'object' && at.value !== null ? Object.keys(at.value) : [];
  const legal = (fixedKeys.length > 0 ? fixedKeys : present).filter(word => !IDENTITY.has(word));
  return { legal, nearest: nearestWord(key, legal) };
}
