import type { GuardedAction } from '../../../ports/action.ts';

/** An entity in the user's words. */
export interface TranslatedEntity {
  readonly type: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An action as a Kubernetes API server would show it to an admission webhook. */
export interface TranslatedObject {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The kind's plural in the API's paths: `deployments`. */
  readonly resource: string;
  readonly subResource: string;
  readonly name: string;
  /** Empty for what belongs to no namespace. */
  readonly namespace: string;
  readonly object: unknown;
  readonly oldObject: unknown;
}

/** An action as a tool call of a coding agent. */
interface TranslatedTool {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An action in the words of the user's policy. */
export interface TranslatedAction {
  readonly subject: TranslatedEntity;
  readonly action: { readonly name: string; readonly properties: Readonly<Record<string, unknown>> };
  readonly resource: TranslatedEntity;
  readonly context: Readonly<Record<string, unknown>>;
  /** Null where the map has no `kubernetes` part for the verb. */
  readonly object: TranslatedObject | null;
  /** Null where the map has no `tool` part for the verb. */
  readonly tool: TranslatedTool | null;
}

/** Turns our verbs, resources, actors and evidence into the user's words. Pure: the same action, the same words. */
export interface Translator {
  translate(action: GuardedAction): TranslatedAction;
}
