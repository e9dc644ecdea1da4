import type { JournalEvent, MomentName } from '../journal/events.ts';
import type { Clock } from '../kernel/clock.ts';
import { formatDuration } from '../kernel/duration.ts';
import type { WatchedJournal } from './watched-journal.ts';

/** What can be seen at a moment, for both kinds of people in the room. */
export interface TableView {
  readonly atMs: number;
  /** What everybody in the company could have seen since the moment before: alarms and what people did. */
  readonly news: readonly string[];
  /** The facilitator's alone: what was asked for and done, and whose doing it was. */
  readonly behindNews: readonly string[];
  /** The facilitator's alone: what the oracle counted since steady state was judged. */
  readonly harm: HarmSoFar;
}

/** Counts of the oracle, of all regions; not yet compared with the calm arm. */
export interface HarmSoFar {
  readonly visits: number;
  readonly failedVisits: number;
  readonly orders: number;
  readonly revenueCents: number;
  readonly mispricedOrders: number;
  readonly mischargedCents: number;
  readonly forbiddenEffects: number;
}

/** Lines kept between two moments. */
const MOST_NEWS = 40;

/** Follows the journal, and says what came to be seen since it was last asked. */
export function createTableView(journal: WatchedJournal, clock: Pick<Clock, 'nowMs'>) {
  const harm = {
    visits: 0,
    failedVisits: 0,
    orders: 0,
    revenueCents: 0,
    mispricedOrders: 0,
    mischargedCents: 0,
    forbiddenEffects: 0,
  };
  let hasBegun = false;
  let news: string[] = [];
  let behindNews: string[] = [];
  const add = (lines: string[], text: string | null) => {
    if (text !== null) lines.push(`${formatDuration(clock.nowMs())}: ${text}`);
    if (lines.length > MOST_NEWS) lines.shift();
  };
  journal.onEvent(event => {
    hasBegun ||= event.type === 'gate';
    add(news, seenBy(event));
    add(behindNews, behind(event));
    if (event.type === 'window' && hasBegun) count(harm, event);
    if (event.type === 'effect-started') harm.forbiddenEffects += event.forbidden.length > 0 ? 1 : 0;
  });
  return {
    /** All that there is to see; what was new is not new a second time. */
    now: (): TableView => {
      const seen = { atMs: clock.nowMs(), news, behindNews, harm: { ...harm } };
      news = [];
      behindNews = [];
      return seen;
    },
  };
}

function count(
  harm: { -readonly [Key in keyof HarmSoFar]: number },
  { journeys, money }: Extract<JournalEvent, { type: 'window' }>,
): void {
  for (const { succeeded, failed } of journeys) {
    harm.visits += succeeded + failed;
    harm.failedVisits += failed;
  }
  for (const each of money) {
    harm.orders += each.orders;
    harm.revenueCents += each.revenueCents;
    harm.mispricedOrders += each.mispricedOrders;
    harm.mischargedCents += each.mischargedCents;
  }
}

function seenBy(event: JournalEvent): string | null {
  if (event.type === 'alarm') {
    const whose = event.source === 'ordinary' ? '' : ` of ${event.source}`;
    return `alarm ${event.alarm}${whose} for ${event.subject} ${event.phase}`;
  }
  if (event.type === 'person') return `${event.who} (${event.role}) ${event.phase}: ${event.text}`;
  return null;
}

const MOMENTS: Readonly<Record<MomentName, string>> = {
  action: 'first wrong action',
  effect: 'the world has changed',
  impact: 'first harm',
  detected: 'detected',
  spreadStopped: 'spread stopped',
  steadyAgain: 'steady again',
};

function behind(event: JournalEvent): string | null {
  switch (event.type) {
    case 'action-requested':
      return `${event.action.actor.id} asks for ${event.action.verb} on ${event.action.resource} at the ${event.action.door} door${event.stepId === null ? '' : `, step ${event.stepId} of the mistake`}`;
    case 'action-decided':
      return event.decision === 'allowed' ? null : `answer: ${event.decision}, ${event.reason}`;
    case 'effect-started':
      return event.reaches.length === 0
        ? null
        : `begins: ${event.verb} on ${event.resource}${event.forbidden.length === 0 ? '' : ', which is forbidden'}`;
    case 'moment':
      return `${MOMENTS[event.moment]}${event.by === null ? '' : ` by ${event.by}`}`;
    default:
      return null;
  }
}
