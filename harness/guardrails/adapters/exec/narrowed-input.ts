import { stableJson } from '../../../kernel/stable-json.ts';
import type { Constraints } from '../../../ports/action.ts';
import { constraintsSchema } from '../../host/answer-schema.ts';
import { AdapterFault } from '../adapter.ts';

/** Names of a tool's input that our constraints can express. */
const CONSTRAINTS: readonly string[] = Object.keys(constraintsSchema.shape);

/**
 * What a hook's `updatedInput` narrows: null when it changes nothing. It replaces the whole input of the tool; a change
 * other than of `cells`, `waves` or `bakeMs` would be another action, which nobody has asked for: an `AdapterFault`.
 */
export function narrowedInput(
  sent: Readonly<Record<string, unknown>>,
  updated: Readonly<Record<string, unknown>> | undefined,
): Constraints | null {
  if (updated === undefined) return null;
  const names = [...new Set([...Object.keys(sent), ...Object.keys(updated)])];
  const changed = names.filter(name => stableJson([sent[name]]) !== stableJson([updated[name]]));
  if (changed.length === 0) return null;
  const other = changed.filter(name => !CONSTRAINTS.includes(name));
  if (other.length > 0) throw inexpressible(`it changes ${other.join(', ')}`);
  const wanted = Object.fromEntries(changed.map(name => [name, updated[name]]));
  const read = constraintsSchema.safeParse(wanted);
  if (read.success) return read.data;
  const first = read.error.issues[0];
  throw inexpressible(`it is wrong at ${first?.path.join('.')}: ${first?.message}`);
}

function inexpressible(why: string): AdapterFault {
  return new AdapterFault('nonsense', {
    reason: `the hook's updatedInput is no narrowing: ${why}; only ${CONSTRAINTS.join(', ')} can be narrowed here`,
  });
}
