import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';

/** Keys by which Cedar's JSON marks entities and extension values. */
const MARKS: readonly string[] = ['__entity', '__extn', '__expr'];

/**
 * A value as Cedar's JSON can say it; undefined when it cannot. Cedar has no null, which is left out, and no fractions,
 * which become `decimal` with four digits. What an agent wrote is data: a record that would read as an entity or an
 * extension value becomes its own text.
 * @see https://docs.cedarpolicy.com/auth/entities-syntax.html
 */
export function cedarValue(value: unknown): CedarValueJson | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return cedarNumber(value);
  if (Array.isArray(value)) return value.map(cedarValue).filter(item => item !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  if (MARKS.some(mark => Object.hasOwn(value, mark))) return JSON.stringify(value);
  return cedarRecord(value);
}

/** The record of every value that Cedar can say. */
export function cedarRecord(value: object): Record<string, CedarValueJson> {
  const entries = Object.entries(value).map(([key, inner]) => [key, cedarValue(inner)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, CedarValueJson] => entry[1] !== undefined),
  );
}

function cedarNumber(value: number): CedarValueJson | undefined {
  if (Number.isSafeInteger(value)) return value;
  // Beyond this a decimal, which is a 64-bit integer of ten-thousandths, cannot hold it.
  if (!Number.isFinite(value) || Math.abs(value) > 9e14) return undefined;
  return { __extn: { fn: 'decimal', arg: value.toFixed(4) } };
}
