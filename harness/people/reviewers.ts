import { formatDuration } from '../kernel/duration.ts';
import type { ApprovalRequest, ControlPlane } from '../ports/control-plane.ts';
import type { PeopleContext } from './people-context.ts';
import { mayReview, type Reviewer, reviewMs } from './review-decision.ts';
import { askReviewer, type ReviewToEnd, simulatedVerdict, type Verdict } from './review-question.ts';

export interface Reviewers {
  /** Approval requests still open. */
  queueLength(): number;
  stop(): void;
}

export interface ReviewersOptions {
  readonly context: PeopleContext;
  readonly controlPlane: Pick<ControlPlane, 'pendingApprovals' | 'onApprovalRequested' | 'grant' | 'refuse'>;
}

/** A request in the queue. `nth` counts requests of the run; draws are keyed by it. */
interface Queued {
  readonly nth: number;
  readonly request: ApprovalRequest;
  readonly seenBy: Set<string>;
  underReview: number;
}

interface Desk extends ReviewersOptions {
  readonly busy: Set<string>;
  queue: Queued[];
  count: number;
  stopped: boolean;
}

interface Review extends ReviewToEnd {
  readonly queued: Queued;
  readonly sinceMs: number;
}

const QUEUE_LIMIT = 10_000;

/**
 * The company's reviewers: each takes one request at a time, the oldest first, and decides by what it visibly shows.
 * A review takes its declared time plus some for every other request that waits; a doubtful request is refused less
 * often the longer the queue. Nobody reviews what they asked for, or what was asked in their name.
 */
export function startReviewers(options: ReviewersOptions): Reviewers {
  const { context, controlPlane } = options;
  const desk: Desk = { ...options, busy: new Set(), queue: [], count: 0, stopped: false };
  const unsubscribe = controlPlane.onApprovalRequested(request => {
    if (desk.stopped || desk.queue.length >= QUEUE_LIMIT) return;
    desk.queue.push({ nth: desk.count++, request, seenBy: new Set(), underReview: 0 });
    noteIfNobodyMay(context, request);
    // At the clock's next task: the request is told of while it is still being made.
    context.clock.at(context.clock.nowMs(), () => dispatch(desk));
  });
  return {
    queueLength: () => controlPlane.pendingApprovals().length,
    stop: () => {
      desk.stopped = true;
      unsubscribe();
    },
  };
}

/** Gives every free reviewer the oldest request that they may review and that still lacks somebody. */
function dispatch(desk: Desk): void {
  if (desk.stopped) return;
  const open = new Map(desk.controlPlane.pendingApprovals().map(request => [request.id, request]));
  desk.queue = desk.queue.filter(queued => open.has(queued.request.id));
  for (const queued of desk.queue) {
    const granted = open.get(queued.request.id)?.grants.length ?? 0;
    for (const reviewer of desk.context.world.people.reviewers.people) {
      if (queued.underReview + granted >= queued.request.demand.count) break;
      if (desk.busy.has(reviewer.id) || queued.seenBy.has(reviewer.id)) continue;
      if (mayReview(reviewer, queued.request)) begin(desk, queued, reviewer);
    }
  }
}

function begin(desk: Desk, queued: Queued, reviewer: Reviewer): void {
  const { clock } = desk.context;
  desk.busy.add(reviewer.id);
  queued.seenBy.add(reviewer.id);
  queued.underReview++;
  const review: Review = {
    queued,
    request: queued.request,
    reviewer,
    key: `${queued.nth}/${queued.seenBy.size}`,
    othersWaiting: desk.queue.filter(other => other !== queued && other.underReview === 0).length,
    sinceMs: clock.nowMs(),
  };
  clock.at(review.sinceMs + reviewMs(desk.context, review.key, review.othersWaiting), () => {
    if (desk.stopped) return;
    const asked = isOpen(desk, queued) ? askReviewer(desk.context, review) : null;
    if (asked === null) end(desk, review, simulatedVerdict(desk.context, review));
    else clock.spawn(async () => end(desk, review, await asked));
  });
}

function end(desk: Desk, review: Review, verdict: Verdict): void {
  desk.busy.delete(review.reviewer.id);
  review.queued.underReview--;
  finish(desk, review, verdict);
  dispatch(desk);
}

function finish(desk: Desk, review: Review, verdict: Verdict): void {
  const { request } = review.queued;
  desk.context.journal.write({
    type: 'person',
    who: review.reviewer.id,
    role: 'reviewer',
    phase: 'reviewed',
    sinceMs: review.sinceMs,
    kind: 'declared',
    text: `${request.id}: ${answer(desk, review, verdict)}`,
  });
}

/** Answers the request; says how, in words. */
function answer(desk: Desk, review: Review, verdict: Verdict): string {
  const { request } = review.queued;
  if (!isOpen(desk, review.queued)) return 'settled before the review was done';
  const { id, level } = review.reviewer;
  const approver = { id, kind: 'person', level, session: 'own' } as const;
  if (verdict.refuses) {
    desk.controlPlane.refuse(request.id, approver, verdict.reason);
    return `refused; ${verdict.reason}`;
  }
  const result = desk.controlPlane.grant(request.id, approver);
  return result.granted ? `granted; ${verdict.reason}` : `could not grant it: ${result.why}`;
}

function isOpen(desk: Desk, { request }: Queued): boolean {
  return desk.controlPlane.pendingApprovals().some(({ id }) => id === request.id);
}

function noteIfNobodyMay(context: PeopleContext, request: ApprovalRequest): void {
  const { count, level } = request.demand;
  const able = context.world.people.reviewers.people.filter(reviewer => mayReview(reviewer, request)).length;
  if (able >= count) return;
  const until = formatDuration(request.expiresAtMs - context.clock.nowMs());
  context.journal.write({
    type: 'person',
    who: 'reviewers',
    role: 'reviewer',
    phase: 'gave-up',
    sinceMs: context.clock.nowMs(),
    kind: 'mechanism',
    text: `${request.id}: it takes ${count} of level ${level} and ${able} may review it; it expires in ${until}`,
  });
}
