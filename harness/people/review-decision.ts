import type { Level } from '../ports/action.ts';
import type { ApprovalRequest } from '../ports/control-plane.ts';
import type { World } from '../scenario/world-schema.ts';
import { drawDelayMs } from './declared-time.ts';
import type { PeopleContext } from './people-context.ts';
import { visibleDoubts } from './review.ts';

export type Reviewer = World['people']['reviewers']['people'][number];

const RANK: Readonly<Record<Level, number>> = { junior: 0, mid: 1, senior: 2 };
/** Requests in the queue at which a reviewer is as tired as can be. */
const TIRED_AT = 10;

/** How long one review takes, ms: its declared time, and some for every other request that waits. */
export function reviewMs(context: PeopleContext, key: string, othersWaiting: number): number {
  const { review, perQueuedRequest } = context.world.people.reviewers;
  return drawDelayMs(context.rng.fork('people/reviewers'), review, key) + perQueuedRequest * othersWaiting;
}

/** Refuses or grants; a doubt is not always acted on. The draw is keyed, so that it falls alike in every arm. */
export function decideReview(
  context: PeopleContext,
  request: ApprovalRequest,
  review: { readonly key: string; readonly othersWaiting: number },
): { readonly refuses: boolean; readonly reason: string } {
  const doubts = visibleDoubts(request);
  if (doubts.length === 0) return { refuses: false, reason: 'nothing speaks against it' };
  const draw = context.rng.fork('people/reviewers').keyed(`${review.key}/catch`);
  const refuses = draw < catchShare(context.world.people.reviewers, review.othersWaiting);
  return { refuses, reason: `${refuses ? '' : 'overlooked: '}${doubts.join('; ')}` };
}

/** Share of doubtful requests that are refused, falling evenly from fresh to tired as the queue grows. */
export function catchShare(
  reviewers: Pick<World['people']['reviewers'], 'catchWhenFresh' | 'catchWhenTired'>,
  othersWaiting: number,
): number {
  const tiredness = Math.min(1, othersWaiting / TIRED_AT);
  return reviewers.catchWhenFresh + (reviewers.catchWhenTired - reviewers.catchWhenFresh) * tiredness;
}

/** Nobody reviews what they asked for, or what was asked in their name. */
export function mayReview(reviewer: Reviewer, { action, demand }: ApprovalRequest): boolean {
  const isOwn = reviewer.id === action.actor.id || reviewer.id === action.actor.onBehalfOf;
  return !isOwn && RANK[reviewer.level] >= RANK[demand.level];
}
