import type { JournalEvent } from '../../journal/events.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { Outcome } from '../../ports/action.ts';
import type { ActionDraft, ControlPlane } from '../../ports/control-plane.ts';
import type { AgentContext } from '../agent-run.ts';

export type Answerer = (draft: ActionDraft, nth: number) => Outcome | Promise<Outcome>;

/** A control plane that answers by a function and keeps what it was asked. */
export function fakeControlPlane(answer: Answerer): Pick<ControlPlane, 'request' | 'approvalSettled'> & {
  readonly asked: ActionDraft[];
  settle(approvalId: string, how: 'granted' | 'refused' | 'expired'): void;
} {
  const asked: ActionDraft[] = [];
  const approvals = new Map<string, PromiseWithResolvers<'granted' | 'refused' | 'expired'>>();
  const approval = (id: string) => {
    const known = approvals.get(id) ?? Promise.withResolvers<'granted' | 'refused' | 'expired'>();
    approvals.set(id, known);
    return known;
  };
  return {
    asked,
    request: async draft => {
      asked.push(draft);
      return answer(draft, asked.length);
    },
    approvalSettled: id => approval(id).promise,
    settle: (id, how) => approval(id).resolve(how),
  };
}

export function agentContext(): AgentContext & {
  readonly clock: VirtualClock;
  readonly events: (JournalEvent & { readonly atMs: number })[];
} {
  const clock = new VirtualClock();
  const events: (JournalEvent & { readonly atMs: number })[] = [];
  return {
    clock,
    events,
    journal: { write: event => events.push({ ...event, atMs: clock.nowMs() }) - 1 },
    world: {
      persons: [
        { id: 'engineer-17', level: 'mid', roles: ['engineer', 'operator'], team: 'costs' },
        { id: 'engineer-9', level: 'senior', roles: ['release'], team: 'shop' },
      ],
    },
  };
}

export const denied = (...remedies: Extract<Outcome, { status: 'denied' }>['remedies']): Outcome => ({
  status: 'denied',
  by: ['somebody'],
  reason: 'not like this',
  remedies,
});

export const done = (output: Record<string, unknown> = {}): Outcome => ({ status: 'done', output });

export const approvalRequired = (approvalId: string, expiresAfterMs = 3_600_000): Outcome => ({
  status: 'approval-required',
  by: ['somebody'],
  reason: 'two pairs of eyes',
  demand: { count: 1, level: 'mid', expiresAfterMs },
  approvalId,
});
