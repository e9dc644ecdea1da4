import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { ActionRequest, Params } from '../ports/action.ts';

/** What an approval is bound to: door, verb, resource, params and actor. Evidence and change record may be added later. */
export function actionHash(
  action: Pick<ActionRequest, 'door' | 'verb' | 'resource' | 'params' | 'actor'>,
): string {
  const { door, verb, resource, params, actor } = action;
  return digestOf(stableJson({ door, verb, resource, params, actor }));
}

/** What a dry run is evidence of: the same verb on the same resource with the same params, at whatever door, by whomever. */
export function planDigest(verb: string, resource: string, params: Params): string {
  return digestOf(stableJson({ verb, resource, params }));
}
