import type { Decision } from '../../../ports/action.ts';
import { AdapterFault } from '../adapter.ts';
import { atPath } from '../support/at-path.ts';
import { asText, composeDecision } from '../support/compose-decision.ts';
import type { RulingOptions } from '../support/ruling-options.ts';

type EvaluationOptions = RulingOptions & { readonly contextError: 'deny' | 'error' };

/** Where decision points put a reason; the specification's own examples use the second and third. */
const REASONS = ['context.reason', 'context.reason_user', 'context.reason_admin', 'context.message'] as const;

/**
 * The decision of an evaluation's body. Only the booleans count: a missing `decision`, or a "true" in quotes, is no
 * decision. Throws an `AdapterFault`.
 */
export function readEvaluation(body: unknown, options: EvaluationOptions): Decision {
  const decision = atPath(body, 'decision');
  if (typeof decision !== 'boolean') {
    const found =
      decision === undefined
        ? 'has no decision'
        : `has a decision that is no boolean: ${JSON.stringify(decision)}`;
    throw new AdapterFault('nonsense', { reason: `its reply ${found}${nested(body)}` });
  }
  const error = atPath(body, 'context.error');
  if (!decision && error !== undefined && options.contextError === 'error') {
    throw new AdapterFault('failed', { reason: `it refused because it failed: ${asText(error)}` });
  }
  const stated = REASONS.map(path => atPath(body, path)).find(reason => reason !== undefined);
  const failed = error === undefined ? '' : ` (with the error: ${asText(error)})`;
  const reason = `${stated === undefined ? `its decision is ${decision}` : asText(stated)}${failed}`;
  return composeDecision({ allowed: decision, reason }, body, options);
}

/** Gateways that wrap a reply, and the batch API's shape, are told by name. */
function nested(body: unknown): string {
  if (Array.isArray(atPath(body, 'evaluations'))) return ' (it is the reply of the batch API /evaluations)';
  const inner = ['result', 'data', 'response'].find(
    key => typeof atPath(body, `${key}.decision`) === 'boolean',
  );
  return inner === undefined ? '' : ` (there is one inside "${inner}")`;
}
