import { formatDuration } from '../kernel/duration.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { ApprovalRequest } from '../ports/control-plane.ts';
import { askDecider } from './ask-decider.ts';
import type { PeopleContext } from './people-context.ts';
import { decideReview, type Reviewer } from './review-decision.ts';

export type Verdict = ReturnType<typeof decideReview>;

/** A review at the moment of its answer. */
export interface ReviewToEnd {
  readonly request: ApprovalRequest;
  readonly reviewer: Reviewer;
  readonly key: string;
  readonly othersWaiting: number;
}

export function simulatedVerdict(context: PeopleContext, review: ReviewToEnd): Verdict {
  return decideReview(context, review.request, review);
}

/** What somebody at the table answers to the request; null where the simulated reviewer does. */
export function askReviewer(context: PeopleContext, review: ReviewToEnd): Promise<Verdict> | null {
  const { request, reviewer } = review;
  const simulated = simulatedVerdict(context, review);
  const own = simulated.refuses ? 'refuse' : 'grant';
  const asked = askDecider(context, 'reviewer', () => ({
    id: `reviewer ${request.id} ${review.key}`,
    who: reviewer.id,
    text: `${request.action.actor.id} asks for your approval of ${request.action.verb} on ${request.action.resource}. What do you answer?`,
    seen: visibleOf(request, context.clock.nowMs(), review.othersWaiting),
    choices: [
      { id: 'grant', text: 'grant it' },
      { id: 'refuse', text: 'refuse it' },
    ],
    simulated: own,
  }));
  // An answer like the simulated one keeps its words, so that the story is the same where the choices are.
  return (
    asked?.then(id =>
      id === own ? simulated : { refuses: id === 'refuse', reason: 'decided at the table' },
    ) ?? null
  );
}

/** What the request visibly shows; what to make of it is the reviewer's. */
function visibleOf(
  { action, demand, expiresAtMs }: ApprovalRequest,
  nowMs: number,
  waiting: number,
): string[] {
  const { actor, footprint, facts } = action;
  const behalf = actor.onBehalfOf === null ? '' : ` on behalf of ${actor.onBehalfOf}`;
  const evidence = facts.evidence.map(
    fact => `${fact.kind} ${fact.state === 'genuine' ? (fact.passed ? 'passed' : 'failed') : fact.state}`,
  );
  const record = facts.changeRecord;
  return [
    `task: ${action.task}`,
    `reason given: ${action.because}`,
    `asked by: ${actor.kind} ${actor.id} (${actor.level})${behalf}, session: ${actor.session}${action.aiAssisted ? ', with AI' : ''}`,
    `at the door: ${action.door}, in ${action.environment}, tier ${action.tier}`,
    `parameters: ${stableJson(action.params)}`,
    `reaches: ${footprint.cells.join(', ') || 'no service'}, ${Math.round(footprint.trafficShare * 100)} % of traffic`,
    `removes something: ${footprint.destructive ? 'yes' : 'no'}; can be undone: ${footprint.reversible ? 'yes' : 'no'}`,
    `evidence: ${evidence.join(', ') || 'none'}`,
    `change record: ${record === null ? 'none' : `${record.kind}, "${record.describes}", by ${record.openedBy}`}`,
    `approvals needed: ${demand.count} of level ${demand.level}; expires in ${formatDuration(expiresAtMs - nowMs)}`,
    `other requests waiting: ${waiting}`,
  ];
}
