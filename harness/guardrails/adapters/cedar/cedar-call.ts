import type { Context, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type { TranslatedAction, TranslatedEntity } from '../translation/translator.ts';
import type { CedarOptions } from './cedar.ts';
import { cedarRecord } from './cedar-value.ts';

/** One question to Cedar, without the policies. */
export interface CedarCall {
  readonly principal: TypeAndId;
  readonly action: TypeAndId;
  readonly resource: TypeAndId;
  readonly context: Context;
  readonly entities: EntityJson[];
}

type Parents = CedarOptions['principalParents'];

interface Known {
  /** The entities of the user's file. */
  readonly entities: readonly EntityJson[];
  readonly given: Pick<CedarOptions, 'principalParents' | 'resourceParents'>;
}

/**
 * The translated action as Cedar asks it. The name of the action may carry its type: `App::Action::"drop"`, else it is an
 * `Action`. Properties of the action come as `context.action`, since actions have no attributes of their own.
 */
export function buildCall(translated: TranslatedAction, { entities, given }: Known): CedarCall {
  const { subject, action, resource, context } = translated;
  const hasProperties = Object.keys(action.properties).length > 0;
  const ours = [entityOf(subject, given.principalParents), entityOf(resource, given.resourceParents)];
  return {
    principal: { type: subject.type, id: subject.id },
    action: actionUid(action.name),
    resource: { type: resource.type, id: resource.id },
    context: cedarRecord(hasProperties ? { action: action.properties, ...context } : context),
    entities: merged(entities, ours),
  };
}

function actionUid(name: string): TypeAndId {
  const typed = /^((?:\w+::)*Action)::"([^"]*)"$/.exec(name);
  return { type: typed?.[1] ?? 'Action', id: typed?.[2] ?? name };
}

function entityOf({ type, id, properties }: TranslatedEntity, parents: Parents): EntityJson {
  return {
    uid: { type, id },
    attrs: cedarRecord(properties),
    parents: parents.flatMap(parent =>
      wordsOf(properties[parent.from]).map(word => ({ type: parent.type, id: word })),
    ),
  };
}

function wordsOf(value: unknown): readonly string[] {
  const words = Array.isArray(value) ? value : [value];
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
}

/** What the user's file says of an entity wins over the translation; parents of both count. */
function merged(known: readonly EntityJson[], ours: readonly EntityJson[]): EntityJson[] {
  const byUid = new Map<string, EntityJson>();
  for (const entity of [...ours, ...known]) {
    const key = keyOf(entity);
    const before = byUid.get(key);
    byUid.set(
      key,
      before === undefined
        ? entity
        : {
            ...before,
            ...entity,
            attrs: { ...before.attrs, ...entity.attrs },
            parents: [...before.parents, ...entity.parents],
          },
    );
  }
  return [...byUid.values()];
}

function keyOf({ uid }: EntityJson): string {
  const { type, id } = '__entity' in uid ? uid.__entity : uid;
  return JSON.stringify([type, id]);
}
