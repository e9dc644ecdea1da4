import type { AuthorizationAnswer, Response } from '@cedar-policy/cedar-wasm/nodejs';
import type { ApprovalDemand, Decision, GuardedAction } from '../../../ports/action.ts';
import { demandGrants } from '../../built-in/support/grants.ts';
import { combineDecisions } from '../../host/combine-decisions.ts';
import { AdapterFault } from '../adapter.ts';
import type { CedarOptions } from './cedar.ts';
import type { KnownPolicy } from './cedar-files.ts';
import type { CedarAnswers } from './cedar-sets.ts';

interface Reading {
  readonly answers: CedarAnswers;
  readonly policies: ReadonlyMap<string, KnownPolicy>;
  readonly given: Pick<CedarOptions, 'errorsInAllow' | 'expiresAfter'>;
}

/**
 * Cedar's answer as a decision. A denial for which liftable forbid policies alone stand becomes a demand for the
 * approvals that are still missing, provided that Cedar permits the action without them: an approval lifts a
 * prohibition, it never replaces a permission. Throws an `AdapterFault` for a request that Cedar could not decide, and
 * for an allow that rests on policies that could not be evaluated, unless the options take that for an allow.
 */
export function readCedarAnswer(action: GuardedAction, { answers, policies, given }: Reading): Decision {
  const { decision, diagnostics } = responseOf(answers.all);
  if (decision === 'allow') return allowed(diagnostics, given);
  const demands = diagnostics.reason.map(id => policies.get(id)?.demand ?? null);
  if (demands.length === 0 || demands.includes(null)) return denied(diagnostics);
  const firm = responseOf(answers.withoutLiftable());
  if (firm.decision === 'deny') return denied(firm.diagnostics);
  const unmet = diagnostics.reason.flatMap(id => {
    const demand = policies.get(id)?.demand;
    if (demand === undefined || demand === null) return [];
    return [
      {
        guardrail: id,
        decision: demandGrants(
          action,
          { ...demand, expiresAfterMs: given.expiresAfter },
          'it stands until people approve',
        ),
      },
    ];
  });
  const ruling = combineDecisions(action, unmet, null);
  if (ruling.decision === 'approval-required') return demanded(ruling.reason, ruling.demand);
  // A liftable policy that failed to be evaluated shows in the first answer only.
  const lifted = allowed({ reason: firm.diagnostics.reason, errors: diagnostics.errors }, given);
  return { ...lifted, reason: `${lifted.reason}; lifted by approvals: ${diagnostics.reason.join(', ')}` };
}

function responseOf(answer: AuthorizationAnswer): Response {
  if (answer.type === 'success') return answer.response;
  const messages = answer.errors.map(({ message }) => message);
  throw new AdapterFault('failed', { reason: `Cedar could not decide: ${messages.join('; ')}` });
}

function allowed(
  { reason, errors }: Response['diagnostics'],
  { errorsInAllow }: Pick<CedarOptions, 'errorsInAllow'>,
): Extract<Decision, { effect: 'allow' }> {
  const permitted = `permitted by ${reason.join(', ')}`;
  if (errors.length === 0) return { effect: 'allow', reason: permitted };
  const told = `${permitted}, but ${errorsOf(errors)}`;
  if (errorsInAllow === 'allow') return { effect: 'allow', reason: told };
  throw new AdapterFault('failed', { reason: told });
}

function denied({ reason, errors }: Response['diagnostics']): Decision {
  const why = reason.length === 0 ? 'no policy permits it' : `forbidden by ${reason.join(', ')}`;
  return {
    effect: 'deny',
    reason: errors.length === 0 ? why : `${why}; ${errorsOf(errors)}`,
    remedies: [],
  };
}

function demanded(reason: string, approval: ApprovalDemand): Decision {
  return { effect: 'require-approval', reason, approval };
}

function errorsOf(errors: Response['diagnostics']['errors']): string {
  const each = errors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
  return `${errors.length} of the policies could not be evaluated (${each.join('; ')})`;
}
