import type { GuardedAction } from '../../ports/action.ts';

/** Every field that a guardrail may see of an action; a field added to the port must be added here to be shown. */
const VISIBLE: Readonly<Record<keyof GuardedAction, true>> = {
  id: true,
  door: true,
  verb: true,
  resource: true,
  params: true,
  actor: true,
  task: true,
  because: true,
  aiAssisted: true,
  evidence: true,
  changeRecord: true,
  hash: true,
  atMs: true,
  environment: true,
  tier: true,
  owner: true,
  tags: true,
  footprint: true,
  buildDigest: true,
  facts: true,
};

/**
 * The action as guardrails get it: a frozen copy of the fields of the port, so that no guardrail can change what is
 * carried out, and nothing that a caller's object carries besides can reach one.
 */
export function guardedView(action: GuardedAction): GuardedAction {
  const view: Record<string, unknown> = {};
  for (const key of Object.keys(VISIBLE) as (keyof GuardedAction)[]) view[key] = action[key];
  return frozenCopy(view as unknown as GuardedAction);
}

/** A deep-frozen structural copy of plain data. */
export function frozenCopy<T>(value: T): T {
  return deepFreeze(structuredClone(value));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
