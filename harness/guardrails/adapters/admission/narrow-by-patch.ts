import { parseDurationMs } from '../../../kernel/duration.ts';
import type { Constraints } from '../../../ports/action.ts';
import { constraintsSchema } from '../../host/answer-schema.ts';
import { AdapterFault } from '../adapter.ts';
import type { AdmissionOptions } from './admission.ts';
import type { PatchOperation } from './decode-patch.ts';

/** What webhooks add to every object, and what changes nothing of the action. */
const HARMLESS = ['/metadata/labels', '/metadata/annotations'];

/**
 * What a patch narrows; null when it only adds labels and annotations. A patch that changes anything else of the object
 * makes another action of it, which nobody can carry out here: an `AdapterFault`, by the profile's `onFailure`.
 */
export function narrowByPatch(
  operations: readonly PatchOperation[],
  patches: AdmissionOptions['patches'],
): Constraints | null {
  const wanted: Record<string, unknown> = {};
  for (const { op, path, value } of operations) {
    const writes = op === 'add' || op === 'replace';
    if (writes && path === patches.cells) wanted.cells = value;
    else if (writes && path === patches.waves) wanted.waves = sharesOf(value);
    else if (writes && path === patches.bake) wanted.bakeMs = millisecondsOf(value);
    else if (!HARMLESS.some(place => path === place || path.startsWith(`${place}/`))) {
      throw inexpressible(`it does ${op} at ${path}`);
    }
  }
  if (Object.keys(wanted).length === 0) return null;
  const read = constraintsSchema.safeParse(wanted);
  if (read.success) return read.data;
  const first = read.error.issues[0];
  throw inexpressible(`it is wrong at ${first?.path.join('.')}: ${first?.message}`);
}

/** Shares as numbers up to 1, as percentages (25) or as text (25%). */
function sharesOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const inPercent = value.some(share => typeof share === 'number' && share > 1);
  return value.map(share => {
    if (typeof share === 'number') return inPercent ? share / 100 : share;
    const percent = typeof share === 'string' ? /^(\d{1,3}(?:\.\d+)?)%$/.exec(share)?.[1] : undefined;
    return percent === undefined ? share : Number(percent) / 100;
  });
}

/** A duration as text, or seconds. */
function millisecondsOf(value: unknown): unknown {
  if (typeof value === 'number') return value * 1_000;
  return typeof value === 'string' ? (parseDurationMs(value) ?? value) : value;
}

function inexpressible(why: string): AdapterFault {
  return new AdapterFault('nonsense', {
    reason: `its patch is no narrowing: ${why}; the option patches names what can be narrowed`,
  });
}
