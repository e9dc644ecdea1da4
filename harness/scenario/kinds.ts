import type { z } from 'zod';
import { gameDaySchema } from './game-day-schema.ts';
import { mapSchema } from './map-schema.ts';
import { profileSchema } from './profile-schema.ts';
import { changeSchema, scenarioSchema } from './scenario-schema.ts';
import { worldSchema } from './world-schema.ts';

const SCHEMAS = {
  Scenario: scenarioSchema,
  Profile: profileSchema,
  OrdinaryChange: changeSchema,
  World: worldSchema,
  Map: mapSchema,
  GameDay: gameDaySchema,
} as const;

export type Kind = keyof typeof SCHEMAS;
export type ValueOf<K extends Kind> = z.output<(typeof SCHEMAS)[K]>;

export const KINDS: readonly Kind[] = Object.keys(SCHEMAS) as Kind[];

export function isKind(word: unknown): word is Kind {
  return typeof word === 'string' && Object.hasOwn(SCHEMAS, word);
}

export function schemaOf<K extends Kind>(kind: K): (typeof SCHEMAS)[K] {
  return SCHEMAS[kind];
}
