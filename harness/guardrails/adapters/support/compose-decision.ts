import type { ApprovalDemand, Constraints, Decision } from '../../../ports/action.ts';
import { atPath } from './at-path.ts';
import type { RulingOptions } from './ruling-options.ts';

/** A yes or no, as a reply states it. */
export interface YesOrNo {
  readonly allowed: boolean;
  readonly reason: string;
}

/**
 * The decision behind a yes or no: a no may ask for approval and a yes may be narrowed, where the options say that the
 * reply can tell so. What stands there is checked by the host as any answer is.
 */
export function composeDecision(
  { allowed, reason }: YesOrNo,
  reply: unknown,
  options: RulingOptions,
): Decision {
  const told = reasonAt(reply, options) ?? reason;
  if (!allowed) {
    const demand = demandOf(reply, options);
    return demand === null
      ? { effect: 'deny', reason: told, remedies: [] }
      : { effect: 'require-approval', reason: told, approval: demand };
  }
  const limits = options.constraintsAt === undefined ? undefined : atPath(reply, options.constraintsAt);
  return limits === undefined || limits === null
    ? { effect: 'allow', reason: told }
    : { effect: 'narrow', reason: told, constraints: limits as Constraints };
}

function reasonAt(reply: unknown, { reasonAt: path }: RulingOptions): string | null {
  const found = path === undefined ? undefined : atPath(reply, path);
  return found === undefined ? null : asText(found);
}

function demandOf(reply: unknown, { approval }: RulingOptions): ApprovalDemand | null {
  if (approval === undefined) return null;
  const { at, ...demand } = approval;
  const found = atPath(reply, at);
  if (found === true) return demand;
  return typeof found === 'object' && found !== null ? ({ ...demand, ...found } as ApprovalDemand) : null;
}

/** A reason as services give it: text, a list of texts, texts by language or by id. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(asText).join('; ');
  if (typeof value === 'object' && value !== null) {
    const { msg, message, reason } = value as Readonly<Record<string, unknown>>;
    const own = msg ?? message ?? reason;
    if (own !== undefined) return asText(own);
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${asText(inner)}`)
      .join('; ');
  }
  return String(value);
}
