import { AdapterFault } from '../adapter.ts';
import type { YesOrNo } from './compose-decision.ts';
import { asText } from './compose-decision.ts';

/** A ruling in one of the shapes that policies give; null where it rules nothing, with what it says instead. */
export type ReadRuling = { readonly ruling: YesOrNo } | { readonly ruling: null; readonly why: string };

/**
 * Reads a policy's result: a boolean; a mapping with `allow`, `allowed` or `decision` and perhaps reasons and a set
 * `deny`; or, where `asDenySet` says so, a set of refusals (a list, or a mapping with one key each), empty meaning yes.
 * A list without `asDenySet` is one of refusals only when it is not empty. Throws an `AdapterFault` for other shapes.
 */
export function readRuling(value: unknown, asDenySet: boolean): ReadRuling {
  if (typeof value === 'boolean' && !asDenySet) {
    return yesOrNo(value, value ? 'its policy allows it' : 'its policy refuses it');
  }
  if (Array.isArray(value)) return readDenySet(value, asDenySet);
  if (typeof value === 'object' && value !== null) {
    return asDenySet ? readDenySet(Object.entries(value), true) : readMapping(value as Mapping);
  }
  throw new AdapterFault('nonsense', { reason: `its result is no ruling: ${JSON.stringify(value)}` });
}

type Mapping = Readonly<Record<string, unknown>>;

function readMapping(value: Mapping): ReadRuling {
  const denials = [value.deny, value.denied, value.violations].find(Array.isArray) ?? [];
  if (denials.length > 0) return readDenySet(denials, true);
  const allow = [value.allow, value.allowed, value.decision].find(part => part !== undefined);
  if (allow === undefined) {
    const keys = Object.keys(value);
    return {
      ruling: null,
      why:
        keys.length === 0
          ? 'its result is empty: no rule there has a value'
          : `its result has no allow (it has: ${keys.join(', ')})`,
    };
  }
  const answer = allow === 'allow' || allow === 'deny' ? allow === 'allow' : allow;
  if (typeof answer !== 'boolean') {
    throw new AdapterFault('nonsense', {
      reason: `its result allows neither yes nor no: ${JSON.stringify(allow)}`,
    });
  }
  const reason = [value.reason, value.reasons, value.message, value.msg].find(part => part !== undefined);
  if (reason !== undefined) return yesOrNo(answer, asText(reason));
  return yesOrNo(answer, answer ? 'its policy allows it' : 'its policy refuses it');
}

function readDenySet(denials: readonly unknown[], isDeclared: boolean): ReadRuling {
  if (denials.length > 0) return yesOrNo(false, asText(denials.map(asDenial)));
  if (isDeclared) return yesOrNo(true, 'its set of refusals is empty');
  return {
    ruling: null,
    why: 'its result is an empty list, which may be no refusal or no permission; say which with read: deny-set',
  };
}

/** An entry of a mapping used as a set is a pair of its key and true, or its key and a message. */
function asDenial(denial: unknown): string {
  if (!Array.isArray(denial) || denial.length !== 2) return asText(denial);
  const [key, value] = denial;
  return value === true ? asText(key) : `${asText(key)}: ${asText(value)}`;
}

function yesOrNo(allowed: boolean, reason: string): ReadRuling {
  return { ruling: { allowed, reason: reason === '' ? 'no reason given' : reason } };
}
