import type { GuardedAction } from '../../../ports/action.ts';
import type { WordMap } from '../../../scenario/map-schema.ts';
import { createFiller, type Filler } from './fill-template.ts';
import { OWN_WORDS } from './own-words.ts';
import type { TranslatedAction, TranslatedEntity, TranslatedObject, Translator } from './translator.ts';

type Trees = Readonly<Record<string, unknown>>;
interface EntityTemplate {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly properties?: Trees | undefined;
}

/** The translator of a map, or of our own words when there is none. */
export function createTranslator(map: WordMap | null): Translator {
  return { translate: action => translate(action, map) };
}

function translate(action: GuardedAction, map: WordMap | null): TranslatedAction {
  const filler = createFiller(action, map?.tables ?? {});
  const verb = verbOf(action.verb, map?.verbs ?? {});
  const name = { ...OWN_WORDS.action, ...map?.action };
  return {
    subject: entity([OWN_WORDS.subject, map?.subject], filler),
    action: {
      name: filler.text(verb?.action?.name ?? name.name ?? ''),
      properties: filledTrees({ ...name.properties, ...verb?.action?.properties }, filler),
    },
    resource: entity([OWN_WORDS.resource, map?.resource], filler, verb?.resource),
    context: filledTrees({ ...(map?.context ?? OWN_WORDS.context), ...verb?.context }, filler),
    object: verb?.kubernetes === undefined ? null : objectOf(verb.kubernetes, filler),
    tool:
      verb?.tool === undefined
        ? null
        : { name: filler.text(verb.tool.name), input: filledTrees(verb.tool.input, filler) },
  };
}

/** The most exact entry: the verb, its group, every verb. */
function verbOf(verb: string, verbs: WordMap['verbs']): WordMap['verbs'][string] | undefined {
  const candidates = [verb, `${verb.split('.')[0]}.*`, '*'];
  const found = candidates.find(name => Object.hasOwn(verbs, name));
  return found === undefined ? undefined : verbs[found];
}

/** Later templates replace earlier ones part by part; the verb's own properties are added to the rest. */
function entity(
  layers: readonly (EntityTemplate | undefined)[],
  filler: Filler,
  own?: EntityTemplate,
): TranslatedEntity {
  const last = <K extends keyof EntityTemplate>(key: K): EntityTemplate[K] =>
    layers.map(layer => layer?.[key]).findLast(value => value !== undefined);
  return {
    type: filler.text(own?.type ?? last('type') ?? ''),
    id: filler.text(own?.id ?? last('id') ?? ''),
    properties: filledTrees({ ...last('properties'), ...own?.properties }, filler),
  };
}

function objectOf(
  template: NonNullable<WordMap['verbs'][string]['kubernetes']>,
  filler: Filler,
): TranslatedObject {
  return {
    ...template,
    name: filler.text(template.name),
    namespace: filler.text(template.namespace),
    object: filler.tree(template.object) ?? null,
    oldObject: filler.tree(template.oldObject) ?? null,
  };
}

function filledTrees(trees: Trees, filler: Filler): Trees {
  return filler.tree(trees) as Trees;
}
