import type { Agent } from 'node:http';
import type { Clock } from '../../kernel/clock.ts';
import type { EdgeControl, EdgeCounts, InstanceControl, Served } from './controls.ts';
import { sendRequest } from './send-request.ts';

export interface RemoteDeps {
  /** Where the other end serves `adminApp`. */
  readonly url: string;
  readonly token: string;
  readonly agent: Agent;
  /** Real time. */
  readonly real: Clock;
  /** Longest wait for one answer, ms. */
  readonly limitMs: number;
}

/** Control of an instance in another process. Rejects with the other end's sentence, or when no answer comes in time. */
export function remoteInstance(deps: RemoteDeps): InstanceControl {
  return {
    route: async table => void (await order(deps, '/route', table)),
    setWorldTime: async nowMs => void (await order(deps, '/time', { nowMs })),
    warm: async () => void (await order(deps, '/warm', {})),
    drain: async () => (await order(deps, '/drain', {})) as readonly Served[],
    stop: async graceMs => void (await order(deps, '/stop', { graceMs })),
  };
}

/** The same for an edge. */
export function remoteEdge(deps: RemoteDeps): EdgeControl {
  return {
    route: async table => void (await order(deps, '/route', table)),
    drain: async () => (await order(deps, '/drain', {})) as EdgeCounts,
    stop: async graceMs => void (await order(deps, '/stop', { graceMs })),
  };
}

async function order(deps: RemoteDeps, path: string, body: object): Promise<unknown> {
  const patience = new AbortController();
  const cancel = deps.real.at(deps.real.nowMs() + deps.limitMs, () => patience.abort());
  try {
    const request = new Request(`http://admin${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${deps.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { url, agent } = deps;
    const response = await sendRequest(request, { url, host: 'admin', agent, signal: patience.signal });
    const answer = (await response.json()) as { readonly error?: string };
    if (!response.ok) throw new Error(answer.error ?? `the order ${path} was answered ${response.status}`);
    return answer;
  } finally {
    cancel();
  }
}
