import { z } from 'zod';
import type { GuardrailDefinition, GuardrailEntry } from '../ports/guardrail.ts';
import { applyChanges, type OptionChange } from './profile-change.ts';
import { tighterValues } from './tighter-values.ts';
import { writtenOption } from './written-option.ts';

/** Entries of one list, such as requirements or alerts, whose fields are looked at. */
const MOST_ENTRIES = 10;

type Options = Pick<GuardrailDefinition, 'options' | 'tighten'>;
type Place = Pick<OptionChange, 'path' | 'whole'>;

/** Each option of an entry tightened by itself, and each field of lists' entries: all that the schema accepts. */
export function optionChanges(entry: GuardrailEntry, definition: Options): OptionChange[] {
  const { inner } = writtenOption(definition.options);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.def.shape).flatMap(([name, schema]) => {
    const { standard } = writtenOption(schema);
    const whole = Object.hasOwn(entry.options, name) ? entry.options[name] : standard;
    const place: Place = { path: [name], whole };
    return [
      ...changesOf(place, { schema, value: whole, key: name, definition }),
      ...fieldChanges(place, schema, definition),
    ].filter(change => isValid(entry, change, definition));
  });
}

/** Of a list of objects, the fields of each. */
function fieldChanges({ path, whole }: Place, schema: z.core.$ZodType, definition: Options): OptionChange[] {
  const { inner } = writtenOption(schema);
  if (!(inner instanceof z.ZodArray) || !Array.isArray(whole)) return [];
  const element = writtenOption(inner.def.element).inner;
  if (!(element instanceof z.ZodObject)) return [];
  return whole.slice(0, MOST_ENTRIES).flatMap((item: unknown, index) =>
    Object.entries(element.def.shape).flatMap(([field, fieldSchema]) => {
      const given = fieldOf(item, field);
      const value = given === undefined ? writtenOption(fieldSchema).standard : given;
      const key = `${path[0]}.${field}`;
      return changesOf(
        { path: [...path, index, field], whole },
        { schema: fieldSchema, value, key, definition },
      );
    }),
  );
}

function changesOf(
  place: Place,
  option: {
    readonly schema: z.core.$ZodType;
    readonly value: unknown;
    /** In `tighten`. */
    readonly key: string;
    readonly definition: Options;
  },
): OptionChange[] {
  const { schema, value, key, definition } = option;
  const tightening = definition.tighten?.[key];
  // Without a value in force there is nothing to be tighter than, unless the definition names values.
  if (value === undefined && typeof tightening !== 'object') return [];
  return tighterValues(schema, value, tightening).map(to => ({
    ...{ kind: 'option', guardrail: '', ...place },
    ...{ from: value, to },
  }));
}

/** A schema's own refinements have the last word; options of an entry that are invalid already are left alone. */
function isValid(entry: GuardrailEntry, change: OptionChange, { options }: Options): boolean {
  const profile = { id: 'candidate', guardrails: [{ ...entry, id: '' }] };
  const [candidate] = applyChanges(profile, [change]).guardrails;
  return options.safeParse(candidate?.options).success;
}

function fieldOf(item: unknown, field: string): unknown {
  return typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[field] : undefined;
}
