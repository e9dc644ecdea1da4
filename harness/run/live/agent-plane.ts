import { controlPlaneApp, type PlaneForAgents } from '../../control-plane/http/control-plane-app.ts';
import type { Outcome } from '../../ports/action.ts';
import type { AgentSide } from '../../ports/live-stack.ts';

export interface AgentPlaneDeps {
  /** The control plane itself. */
  readonly plane: PlaneForAgents;
  readonly openSide: () => Promise<AgentSide>;
  /** Holds world time. */
  readonly waitOutside: <T>(answer: Promise<T>) => Promise<T>;
}

/**
 * The control plane as an agent in a container reaches it: every request goes out from there by HTTP. World time stands
 * still while requests and answers are on their way, and passes while the control plane works.
 */
export function createAgentPlane({ plane, openSide, waitOutside }: AgentPlaneDeps): PlaneForAgents {
  const app = controlPlaneApp(plane);
  let side: Promise<AgentSide> | null = null;
  return {
    ...plane,
    request: async draft => {
      side ??= openSide();
      const { ask } = await waitOutside(side);
      const arrival = Promise.withResolvers<Request>();
      const service = Promise.withResolvers<Response>();
      const sent = new Request('http://control-plane/actions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(draft),
      });
      const answer = ask(sent, request => {
        arrival.resolve(request);
        return service.promise;
      });
      // Also when it never arrives: nobody may wait for ever.
      answer.catch(arrival.reject);
      const arrived = await waitOutside(arrival.promise);
      app(arrived).then(service.resolve, service.reject);
      await service.promise;
      return readOutcome(await waitOutside(answer));
    },
  };
}

async function readOutcome(answer: Response): Promise<Outcome> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the control plane answered an agent ${answer.status}: ${text}`);
  return JSON.parse(text) as Outcome;
}
