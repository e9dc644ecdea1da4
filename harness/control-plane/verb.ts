import type { z } from 'zod';
import type { Actor, Door, Footprint, Params } from '../ports/action.ts';
import type { Resource } from '../ports/resource.ts';
import type { SlotSpec } from '../ports/stack.ts';
import type { EffectKind, VerbInfo } from '../ports/verb.ts';
import type { Company } from './company.ts';
import type { EffectRun } from './effect-run.ts';

/** What the requester is told of a finished effect. */
export type Output = Readonly<Record<string, unknown>>;

/** An action as its verb sees it: resource resolved, params read. */
export interface Target {
  readonly verb: string;
  readonly door: Door;
  readonly actor: Actor;
  readonly resource: Resource;
  /** Slots that the resource means; fewer when guardrails narrowed the action. */
  readonly slots: readonly SlotSpec[];
  /** Params as they were given: what a digest is taken of. */
  readonly rawParams: Params;
}

/** How one kind of change is described, judged and carried out. */
export interface VerbSpec<P> {
  readonly name: string;
  readonly summary: string;
  /** Break-glass is added to what changes anything; looking and paperwork go through every door. */
  readonly doors: readonly Door[];
  readonly reaches: readonly EffectKind[];
  readonly params: z.ZodType<P>;
  /** Waits behind other changes of the same slots. */
  readonly queues: boolean;
  footprint(target: Target, params: P, company: Company): Footprint;
  /** Other verbs whose effect this action has as well. */
  actsAs?(target: Target, params: P, company: Company): readonly string[];
  /** Id of the build that the action would put in place. */
  buildOf?(target: Target, params: P, company: Company): string | null;
  carryOut(target: Target, params: P, run: EffectRun): Promise<Output>;
}

/** A verb whose params have been read: closed over them, so that verbs of all kinds can be handled alike. */
export interface BoundVerb {
  footprint(target: Target, company: Company): Footprint;
  actsAs(target: Target, company: Company): readonly string[];
  buildOf(target: Target, company: Company): string | null;
  carryOut(target: Target, run: EffectRun): Promise<Output>;
}

export interface Verb extends VerbInfo {
  readonly queues: boolean;
  /** Reads the params; a sentence tells what is wrong with them. */
  bind(params: Params): BoundVerb | { readonly problem: string };
}

/** Gives a verb its type, and hides the type of its params from those who only pass it on. */
export function defineVerb<P>(spec: VerbSpec<P>): Verb {
  const { name, summary, doors, reaches, params: schema, queues } = spec;
  return {
    name,
    summary,
    doors: doors.includes('break-glass') ? doors : [...doors, 'break-glass'],
    reaches,
    params: schema,
    queues,
    bind: given => {
      const read = schema.safeParse(given);
      if (!read.success) return { problem: `its params are wrong: ${problemsOf(read.error)}` };
      return {
        footprint: (target, company) => spec.footprint(target, read.data, company),
        actsAs: (target, company) => spec.actsAs?.(target, read.data, company) ?? [],
        buildOf: (target, company) => spec.buildOf?.(target, read.data, company) ?? null,
        carryOut: (target, run) => spec.carryOut(target, read.data, run),
      };
    },
  };
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .map(issue => `${issue.path.length === 0 ? 'params' : issue.path.join('.')}: ${issue.message}`)
    .join('; ');
}
