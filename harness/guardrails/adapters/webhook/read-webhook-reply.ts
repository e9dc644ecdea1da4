import type { Decision } from '../../../ports/action.ts';
import type { HttpReply } from '../../../ports/outside.ts';
import { type AdapterAnswer, AdapterFault } from '../adapter.ts';
import { atPath } from '../support/at-path.ts';
import { composeDecision } from '../support/compose-decision.ts';
import { readRuling } from '../support/read-ruling.ts';
import type { RulingOptions } from '../support/ruling-options.ts';
import { jsonBody } from '../support/service.ts';

interface ReplyOptions extends RulingOptions {
  readonly decideBy: 'status' | 'body';
  readonly at: string;
}

/** Statuses by which a service says no: it understood, and refuses. Any other than 2xx says that it could not rule. */
const REFUSALS = [401, 403, 409, 422, 451];

/** What a hook's reply rules on an action. Throws an `AdapterFault`. */
export function readWebhookReply(reply: HttpReply, options: ReplyOptions): AdapterAnswer<Decision> {
  if (options.decideBy === 'body') {
    const body = jsonBody(reply);
    const value = atPath(body, options.at);
    if (value === undefined) {
      throw new AdapterFault('nonsense', { reason: `its body has nothing at ${options.at}` });
    }
    const { ruling, ...rest } = readRuling(value, false);
    if (ruling === null)
      throw new AdapterFault('nonsense', { reason: 'why' in rest ? rest.why : 'no ruling' });
    return { answer: composeDecision(ruling, body, options) };
  }
  const { status } = reply;
  const allowed = status >= 200 && status < 300;
  if (!allowed && !REFUSALS.includes(status)) jsonBody(reply);
  const body = lenientJson(reply.body);
  const said = typeof body === 'string' ? body.trim() : '';
  const reason = `it answered with status ${status}${said === '' ? '' : `: ${said}`}`;
  return { answer: composeDecision({ allowed, reason }, body, options) };
}

function lenientJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
