import type { Decision } from '../../../ports/action.ts';
import { type AdapterAnswer, AdapterFault } from '../adapter.ts';
import { atPath } from '../support/at-path.ts';
import { composeDecision } from '../support/compose-decision.ts';
import { readRuling } from '../support/read-ruling.ts';
import type { RulingOptions } from '../support/ruling-options.ts';

export interface DataReplyOptions extends RulingOptions {
  readonly rule: string;
  readonly at: string;
  readonly read: 'ruling' | 'deny-set';
  readonly revision?: string | undefined;
}

/**
 * What a reply of the Data API rules. No `result` means that the rule is undefined, which is no refusal. Throws an
 * `AdapterFault` where the policy ran without its input, where it is stale, and for shapes that are no ruling.
 */
export function readDataReply(body: unknown, options: DataReplyOptions): AdapterAnswer<Decision> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AdapterFault('nonsense', {
      reason: `its reply is the bare value ${JSON.stringify(body)}, without "result": it is not OPA's Data API v1 (v0 replies so)`,
    });
  }
  assertInputArrived(body);
  assertFresh(body, options.revision);
  const result = atPath(body, 'result');
  if (result === undefined) {
    if (atPath(body, 'errors') !== undefined || atPath(body, 'code') !== undefined) {
      throw new AdapterFault('failed', { reason: `its reply is an error: ${JSON.stringify(body)}` });
    }
    const others = ['allow', 'allowed', 'decision'].filter(key => atPath(body, key) !== undefined);
    if (others.length > 0) {
      const keys = others.join(', ');
      throw new AdapterFault('nonsense', {
        reason: `its reply has ${keys}, but no "result": it is not OPA's Data API v1`,
      });
    }
    return undefinedAnswer(`the rule ${options.rule} is undefined (status 200 without result)`);
  }
  const value = atPath(result, options.at);
  if (value === undefined)
    return undefinedAnswer(`the result of ${options.rule} has nothing at ${options.at}`);
  const read = readRuling(value, options.read === 'deny-set');
  if (read.ruling === null) return undefinedAnswer(read.why);
  return { answer: composeDecision(read.ruling, result, options) };
}

/** OPA warns when a request came without the key `input`: the policy then ruled on nothing. */
function assertInputArrived(body: object): void {
  if (atPath(body, 'warning.code') !== 'api_usage_warning') return;
  const message = String(atPath(body, 'warning.message') ?? '');
  if (!message.includes('input')) return;
  throw new AdapterFault('nonsense', {
    reason: `it ruled without the request: ${message} (something on the way took the wrapper { "input": … } off)`,
  });
}

/** Newer OPA tells a revision for each bundle, older ones a single one. */
function assertFresh(body: object, wanted: string | undefined): void {
  if (wanted === undefined) return;
  const bundles = Object.values((atPath(body, 'provenance.bundles') as object | undefined) ?? {});
  const found = bundles
    .map(bundle => atPath(bundle, 'revision'))
    .concat(atPath(body, 'provenance.revision') ?? []);
  const known = found.filter(revision => revision !== undefined);
  if (known.length > 0 && known.every(revision => revision === wanted)) return;
  const told =
    known.length === 0 ? 'it tells no revision of its bundles' : `its bundles are at ${known.join(', ')}`;
  throw new AdapterFault('failed', { reason: `its policy is not at revision ${wanted}: ${told}` });
}

function undefinedAnswer(why: string): AdapterAnswer<Decision> {
  return { answer: undefined, why };
}
