import type { Constraints, Decision, GuardedAction } from '../../ports/action.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import type { Ruling } from '../../ports/guardrail-chain.ts';
import { cleanText } from './clean-text.ts';
import { type CountedDecision, combineDecisions } from './combine-decisions.ts';
import { guardedView } from './guarded-view.ts';
import { countsAs, type Failure, isFailure, readDecision } from './read-reply.ts';
import type { Table } from './table.ts';

/**
 * Asks every guardrail attached to the action's door and ruling on its kind of actor, in the profile's order, also
 * after a denial, journals each answer with what it counted as, and combines them.
 */
export async function ruleOnAction(
  table: Table,
  action: GuardedAction,
  plan: Constraints | null,
): Promise<Ruling> {
  const view = guardedView(action);
  const counted: CountedDecision[] = [];
  for (const { entry, seat } of table.seats) {
    if (!seat.powers.decide || !rulesOn(entry, action)) continue;
    const reply = await seat.ask({ kind: 'decide', about: view }, table.nowMs());
    const answer = readDecision(reply);
    const decision = isFailure(answer) ? decisionOnFailure(countsAs(reply, entry.onFailure), answer) : answer;
    table.write({
      type: 'guardrail-answered',
      guardrail: entry.id,
      about: 'action',
      subject: action.id,
      answer,
      countedAs: decision.effect,
    });
    table.onAsked?.({
      guardrail: entry.id,
      about: 'action',
      view,
      reply,
      answer,
      countedAs: decision.effect,
    });
    counted.push({ guardrail: entry.id, decision });
  }
  return combineDecisions(action, counted, plan);
}

function rulesOn(entry: GuardrailEntry, action: GuardedAction): boolean {
  return entry.doors.includes(action.door) && entry.actors.includes(action.actor.kind);
}

function decisionOnFailure(onFailure: 'open' | 'closed', failure: Failure): Decision {
  const reason = cleanText(`it failed and fails ${onFailure} (${failure.reason})`);
  return onFailure === 'open' ? { effect: 'allow', reason } : { effect: 'deny', reason, remedies: [] };
}
