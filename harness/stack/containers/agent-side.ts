import type { Clock } from '../../kernel/clock.ts';
import type { AgentSide } from '../../ports/live-stack.ts';
import { sendRequest } from '../live/send-request.ts';
import type { Letter } from './inside/mailbox.ts';
import { CONTROL_PLANE_HOST, PORT } from './inside/settings.ts';
import type { Programs } from './programs.ts';
import { regionGate } from './region-gate.ts';
import { addressOn, type Standing } from './standing.ts';

export interface AgentSideDeps {
  readonly standing: Standing;
  readonly programs: Programs;
  readonly secret: string;
  readonly real: Clock;
}

/** What the agents' part of a stack is made of. */
export interface OpenAgentSide extends AgentSide {
  /** The agent's container, for tests that try what it reaches. */
  readonly agentContainerId: string;
  close(): void;
}

/**
 * Opens the agents' network with two containers: the agent's workplace, which is on no other network, and the control
 * plane's door. The door is published on 127.0.0.1, for the harness, which is the control plane.
 */
export async function openAgentSide({
  standing,
  programs,
  secret,
  real,
}: AgentSideDeps): Promise<OpenAgentSide> {
  const settings = { token: secret };
  const [network, street, doorProgram, agentProgram] = await Promise.all([
    standing.network('agents', true),
    standing.network('street', false),
    programs.controlPlane(),
    programs.agent(),
  ]);
  const [door, workplace] = await Promise.all([
    standing.run({
      role: 'control-plane',
      program: doorProgram,
      settings,
      networks: [
        { network: street, aliases: [] },
        { network, aliases: [CONTROL_PLANE_HOST] },
      ],
      publish: [PORT.gate],
    }),
    standing.run({
      role: 'agent',
      program: agentProgram,
      settings: { token: '' },
      networks: [{ network, aliases: [] }],
    }),
  ]);
  const gate = regionGate({ port: door.ports.get(PORT.gate) ?? 0, token: secret, real });
  const address = addressOn(workplace, network);
  return {
    agentContainerId: workplace.id,
    ask: createAsk({
      fromAgent: request =>
        sendRequest(request, { url: `http://${address}:${PORT.admin}`, host: 'agent', agent: gate.agent }),
      atDoor: request =>
        sendRequest(request, { url: `http://127.0.0.1:${PORT.admin}`, host: 'door', agent: gate.agent }),
    }),
    close: () => gate.agent.destroy(),
  };
}

interface Ways {
  fromAgent(request: Request): Promise<Response>;
  atDoor(request: Request): Promise<Response>;
}

/** Requests set out one after the other, so that each is collected for whom it was sent; they may be served side by side. */
function createAsk({ fromAgent, atDoor }: Ways): AgentSide['ask'] {
  let turn: Promise<unknown> = Promise.resolve();
  return async (request, serve) => {
    const departure = turn.then(async () => {
      const answer = fromAgent(request);
      let isCollected = false;
      const collected = atDoor(post('/next', '')).finally(() => {
        isCollected = true;
      });
      // An answer before anything was collected is the network's refusal.
      const refused = answer.then(async early => {
        if (isCollected) return early;
        throw new Error(`the control plane could not be reached: ${early.status} ${await early.text()}`);
      });
      refused.catch(() => undefined);
      const letter = (await (await Promise.race([collected, refused])).json()) as Letter;
      return { answer, letter };
    });
    turn = departure.catch(() => undefined);
    const { answer, letter } = await departure;
    const served = await serve(toRequest(letter));
    const reply = JSON.stringify({ status: served.status, body: await served.text() });
    await atDoor(post(`/replies/${letter.id}`, reply));
    return answer;
  };
}

function post(path: string, body: string): Request {
  return new Request(`http://door${path}`, { method: 'POST', body });
}

function toRequest({ method, path, body }: Letter): Request {
  const url = `http://${CONTROL_PLANE_HOST}${path}`;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method });
  return new Request(url, { method, body, headers: { 'content-type': 'application/json' } });
}
