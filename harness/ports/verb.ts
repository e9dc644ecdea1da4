import type { z } from 'zod';
import type { Door } from './action.ts';

/** What an effect does to the world. A mistake's routes are the doors and verbs that can do the same. */
const EFFECT_KINDS = [
  'removes-cell',
  'destroys-data',
  'changes-data',
  'changes-behaviour',
  'changes-access',
  'takes-capacity',
] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

/** What files, plans and reports need to know of a verb. */
export interface VerbInfo {
  readonly name: string;
  /** One sentence for help. */
  readonly summary: string;
  readonly doors: readonly Door[];
  readonly reaches: readonly EffectKind[];
  /** Strict schema of the step's `params`. */
  readonly params: z.ZodType;
}

export type VerbCatalogue = ReadonlyMap<string, VerbInfo>;
