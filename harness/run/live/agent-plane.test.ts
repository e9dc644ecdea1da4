import { expect, test } from 'vitest';
import type { PlaneForAgents } from '../../control-plane/http/control-plane-app.ts';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import type { ActionDraft } from '../../ports/control-plane.ts';
import type { AgentSide } from '../../ports/live-stack.ts';
import { createAgentPlane } from './agent-plane.ts';

const DRAFT: ActionDraft = {
  ...{ door: 'console', verb: 'v', resource: 'pricing/na', params: {}, task: '', because: '' },
  actor: { id: 'a', kind: 'agent', level: 'mid', roles: [], onBehalfOf: null, session: 'own' },
  ...{ aiAssisted: true, evidence: [], changeRecord: null, stepId: null },
};

test('world time stands still while a request and its answer travel, and passes while the control plane works', async () => {
  const clock = new VirtualClock();
  const side: AgentSide = {
    ask: async (request, serve) => {
      await turns(3);
      const answer = await serve(request);
      await turns(3);
      return answer;
    },
  };
  const plane = agentPlane(clock, async () => side);
  // Something else that would take place at once, if time were not held.
  let tickedAtMs = -1;
  clock.at(1, () => {
    tickedAtMs = clock.nowMs();
  });
  const outcome = await runToEnd(clock, () => plane.request(DRAFT));
  expect(outcome).toEqual({ status: 'done', output: { startedAtMs: 0 } });
  expect(clock.nowMs()).toBe(5_000);
  expect(tickedAtMs).toBe(1);
});

test('a network that carries nothing is an error, not a refusal', async () => {
  const clock = new VirtualClock();
  const plane = agentPlane(clock, async () => ({ ask: () => Promise.reject(new Error('no route')) }));
  await expect(runToEnd(clock, () => plane.request(DRAFT))).rejects.toThrow('no route');
});

function agentPlane(clock: VirtualClock, openSide: () => Promise<AgentSide>): PlaneForAgents {
  const plane: PlaneForAgents = {
    request: async () => {
      const startedAtMs = clock.nowMs();
      await clock.sleep(5_000);
      return { status: 'done', output: { startedAtMs } };
    },
    approvalSettled: async () => 'granted',
    slots: () => [],
    backups: () => [],
  };
  return createAgentPlane({ plane, openSide, waitOutside: answer => clock.waitOutside(answer) });
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
}
