import { z } from 'zod';
import type { SlotSpec } from '../../ports/stack.ts';
import { planDigest } from '../action-hash.ts';
import { EffectError } from '../effect-error.ts';
import type { EffectRun } from '../effect-run.ts';
import { createEnvironments, deleteEnvironments } from '../environments.ts';
import { LOOKING, touching } from '../footprints.ts';
import { desiredState, diffPlan, type PlannedChange } from '../plan-diff.ts';
import { resizeSlots } from '../resize.ts';
import { defineVerb, type Target, type Verb } from '../verb.ts';
import { EVERY_DOOR } from './every-door.ts';

const desired = z.strictObject(desiredState);

const dryRun = defineVerb({
  name: 'plan.dry-run',
  summary: 'Shows what applying a plan would do, and records it as evidence.',
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({
    ...desiredState,
    verb: z.string().max(64).default('plan.apply').describe('For any other action: its verb.'),
    params: z.record(z.string(), z.unknown()).optional().describe('The params of that action.'),
  }),
  queues: false,
  footprint: () => LOOKING,
  carryOut: async (target, { verb, params: given }, run) => {
    const { world } = run.company.context;
    await run.charge('dry run', world.evidence.dryRun);
    // What is rehearsed is judged as if it were asked for, so that wrong params show here and not at the real thing.
    const { verb: _verb, params: _params, ...own } = target.rawParams;
    const params = given ?? own;
    const rehearsed = run.describe({ door: target.door, verb, params });
    if (typeof rehearsed === 'string') throw new EffectError(`the rehearsal of ${verb} failed: ${rehearsed}`);
    const diff = verb === 'plan.apply' ? diffPlan(run.company, target, desired.parse(params)) : [];
    const { footprint } = rehearsed;
    const detail = `${footprint.destructive ? 'destroys something; ' : ''}touches ${footprint.cells.join(', ') || 'no cell'}`;
    const subject = planDigest(verb, target.resource.text, params);
    const artefact = run.company.evidence.record({ kind: 'dry-run', subject, passed: true, detail });
    return { artefactId: artefact.id, passed: true, diff, footprint };
  },
});

const apply = defineVerb({
  name: 'plan.apply',
  summary: 'Brings environments to the state that a plan declares; that may replace or delete them.',
  doors: ['pipeline', 'console'],
  reaches: ['removes-cell', 'destroys-data', 'changes-behaviour', 'takes-capacity'],
  params: desired,
  queues: true,
  footprint: (target, wanted, company) => {
    const destructive = diffPlan(company, target, wanted).some(isRemoval);
    return touching(target, company, { destructive });
  },
  actsAs: (target, wanted, company) => {
    const verbs = diffPlan(company, target, wanted).map(({ change }) => SAME_AS[change]);
    return [...new Set(verbs.flat())];
  },
  carryOut: async (target, wanted, run) => {
    const diff = diffPlan(run.company, target, wanted);
    const slots = (...changes: readonly PlannedChange['change'][]): readonly SlotSpec[] =>
      slotsOf(target, diff, changes);
    await deleteEnvironments(run, slots('delete', 'replace'), { withBackups: false });
    await createIfAny(run, slots('create', 'replace'));
    if (wanted.instances !== undefined) {
      await resizeSlots(run, slots('create', 'replace', 'resize'), wanted.instances);
    }
    return { diff };
  },
});

const SAME_AS: Readonly<Record<PlannedChange['change'], readonly string[]>> = {
  none: [],
  create: ['environment.create'],
  resize: ['compute.resize'],
  replace: ['environment.delete', 'environment.create'],
  delete: ['environment.delete'],
};

function isRemoval({ change }: PlannedChange): boolean {
  return change === 'delete' || change === 'replace';
}

function slotsOf(
  target: Target,
  diff: readonly PlannedChange[],
  changes: readonly PlannedChange['change'][],
): readonly SlotSpec[] {
  const wanted = new Set(diff.filter(({ change }) => changes.includes(change)).map(({ slot }) => slot));
  return target.slots.filter(({ slot }) => wanted.has(slot));
}

async function createIfAny(run: EffectRun, slots: readonly SlotSpec[]): Promise<void> {
  if (slots.length > 0) await createEnvironments(run, slots);
}

export const planVerbs: readonly Verb[] = [dryRun, apply];
