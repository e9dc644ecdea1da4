import type { GateRuling, RolloutGate } from '../../../ports/guardrail.ts';
import { type HttpReply, OutsideFailure } from '../../../ports/outside.ts';
import { type AdapterAnswer, AdapterFault, type Notes } from '../adapter.ts';
import type { Service } from '../support/service.ts';

interface GateOptions {
  readonly body: 'gate' | 'flagger';
  readonly namespace: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly failuresAllowed: number;
}

/** Roll-outs whose halts are counted; a run has far fewer at once. */
const MOST_ROLLOUTS = 1_000;

/**
 * Asks the hook at each gate. A halt holds the roll-out, which bakes again; one halt more than is allowed rolls it back.
 * A hook that fails halts as well, whatever the profile's `onFailure` says: that is what such a gate does.
 */
export function createCanaryGate(options: GateOptions, service: Service) {
  const halts = new Map<string, number>();
  return async (gate: RolloutGate, notes: Notes): Promise<AdapterAnswer<GateRuling>> => {
    const failed = halts.get(gate.rolloutId) ?? 0;
    const reply = await ask(service, options.body === 'gate' ? gate : flaggerBody(gate, options), notes);
    if (reply.status >= 200 && reply.status < 300) {
      return { answer: { ruling: 'advance', reason: `it answered with status ${reply.status}` } };
    }
    if (halts.size >= MOST_ROLLOUTS) halts.clear();
    halts.set(gate.rolloutId, failed + 1);
    const text = reply.body.trim();
    const reason = `it answered with status ${reply.status}${text === '' ? '' : `: ${text}`}`;
    return { answer: { ruling: failed + 1 > options.failuresAllowed ? 'roll-back' : 'hold', reason } };
  };
}

async function ask(service: Service, body: unknown, notes: Notes): Promise<HttpReply> {
  try {
    return await service.post(body, notes);
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    const fault = error.fault === 'timeout' ? 'timed-out' : 'unreachable';
    throw new AdapterFault(fault, { reason: error.message, countsAs: 'closed' });
  }
}

/** The body that Flagger documents for its webhooks, of a canary in progress. Newer versions of it send more besides. */
function flaggerBody(gate: RolloutGate, { namespace, metadata }: GateOptions): unknown {
  return {
    name: `${gate.service}-${gate.region}`,
    namespace,
    phase: 'Progressing',
    checksum: gate.build,
    metadata,
  };
}
