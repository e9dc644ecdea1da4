import { AdapterFault } from '../adapter.ts';
import { atPath } from '../support/at-path.ts';
import type { YesOrNo } from '../support/compose-decision.ts';
import { readRuling } from '../support/read-ruling.ts';
import type { OpaWasmOptions } from './opa-wasm.ts';

/** A ruling and the result it came from, or why there is none. */
type ResultReading = { readonly ruling: YesOrNo; readonly result: unknown } | { readonly why: string };

/**
 * Reads what the module returns: a list with one entry `{ result }`. An empty list means that the entry point is
 * undefined, which is no refusal. Throws an `AdapterFault` for other shapes.
 */
export function readResultSet(
  results: unknown,
  { at, read, entrypoint = 'the first one' }: Pick<OpaWasmOptions, 'at' | 'read' | 'entrypoint'>,
): ResultReading {
  if (!Array.isArray(results)) throw nonsense('it returned no list of results');
  if (results.length === 0) return { why: `the entry point (${entrypoint}) is undefined: no result` };
  if (results.length > 1) throw nonsense(`it returned ${results.length} results, and a ruling is one`);
  const result = atPath(results[0], 'result');
  if (result === undefined) throw nonsense('its result set has no "result"');
  const value = atPath(result, at);
  if (value === undefined) return { why: `the result has nothing at ${at}` };
  const ruling = readRuling(value, read === 'deny-set');
  return ruling.ruling === null ? { why: ruling.why } : { ruling: ruling.ruling, result };
}

function nonsense(reason: string): AdapterFault {
  return new AdapterFault('nonsense', { reason });
}
