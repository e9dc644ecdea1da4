import type { Arm } from '../journal/events.ts';
import { digestOf } from '../kernel/digest.ts';
import { HarnessError } from '../kernel/errors.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { VerbCatalogue } from '../ports/verb.ts';
import { applyOverrides } from '../scenario/apply-overrides.ts';
import { isModulePath } from '../scenario/guardrail-module.ts';
import { InvalidFileError } from '../scenario/invalid-file-error.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import type { OrdinaryChange } from '../scenario/scenario-schema.ts';
import type { World } from '../scenario/world-schema.ts';
import { deepFreeze } from './deep-freeze.ts';
import { namedBuilds } from './named-builds.ts';
import type { Plan, PlannedProfile } from './plan.ts';
import { NO_PROFILE, resolveProfile } from './resolve-profile.ts';
import { routesTo } from './routes.ts';

export interface PlanInput {
  readonly arm: Arm;
  readonly seed: string;
  readonly stack: Plan['stack'];
  /** Null for the `ordinary` arm, and only there. */
  readonly scenario: LoadedFile<'Scenario'> | null;
  readonly world: LoadedFile<'World'>;
  /** Left out of account in the arms that have no profile. */
  readonly profile: LoadedFile<'Profile'>;
  /** For the `ordinary` arm; left out of account in the others. */
  readonly changes: readonly LoadedFile<'OrdinaryChange'>[];
  readonly verbs: VerbCatalogue;
  /** Digests of all known builds, by id. */
  readonly buildDigests: Readonly<Record<string, string>>;
  /** Digests of the profile's guardrail modules, by what its `use` says, and of the files that options of its adapters name. */
  readonly moduleDigests: Readonly<Record<string, string>>;
}

const WEEK_MS = 7 * 86_400_000;

/** One arm, resolved and frozen. Throws an `InvalidFileError` for overrides that do not fit, a `file` error for a build or module without a digest. */
export function resolvePlan(input: PlanInput): Plan {
  const { arm, seed, stack, verbs } = input;
  const scenario = arm === 'ordinary' ? null : (input.scenario?.value ?? null);
  if (scenario === null && arm !== 'ordinary') {
    throw new HarnessError('bug', { message: `could not plan the arm ${arm}: it needs a scenario` });
  }
  const world = arm === 'ordinary' ? input.world.value : overriddenWorld(input);
  const profile = arm === 'calm' || arm === 'unguarded' ? NO_PROFILE : resolveProfile(input.profile.value);
  const changes = arm === 'ordinary' ? byTime(input.changes.map(change => change.value)) : [];
  const plan: Plan = {
    arm,
    seed,
    stack,
    scenario,
    world,
    profile,
    changes,
    gateMs: world.gate,
    horizonMs: arm === 'ordinary' ? quietWeekMs(world, changes) : world.horizon,
    routes: scenario === null ? [] : routesTo(scenario.steps, verbs),
    digests: {
      scenario: digestOf(stableJson(scenario ?? changes)),
      world: digestOf(stableJson(world)),
      profile: profileDigest(profile, input.moduleDigests),
      builds: digestsOf('build', namedBuilds(world, scenario, changes), input.buildDigests),
    },
  };
  // The files' values stay as they are for the next arm; the plan freezes a copy of its own.
  return deepFreeze(structuredClone(plan));
}

function overriddenWorld(input: PlanInput): World {
  if (input.scenario === null) return input.world.value;
  const { value, tree } = input.scenario;
  const overridden = applyOverrides(input.world, value.world, tree);
  if ('problems' in overridden) throw new InvalidFileError(overridden.problems);
  return overridden.world;
}

/** Seven days after the gate, or more when a change is due later. */
function quietWeekMs(world: World, changes: readonly OrdinaryChange[]): number {
  return world.gate + Math.max(WEEK_MS, ...changes.map(change => change.at + change.deadline));
}

/** The order in which changes are due; equal times by id, so that the order of files does not matter. */
function byTime(changes: readonly OrdinaryChange[]): readonly OrdinaryChange[] {
  return [...changes].sort((a, b) => a.at - b.at || (a.metadata.id < b.metadata.id ? -1 : 1));
}

/** Of the entries, the code of every module among them and every file that their options name: one changed is a changed profile. */
function profileDigest(profile: PlannedProfile, moduleDigests: PlanInput['moduleDigests']): string {
  const paths = profile.guardrails.map(entry => entry.use).filter(isModulePath);
  const needed = digestsOf('guardrail module', [...new Set(paths)].sort(), moduleDigests);
  const modules = profile.guardrails.length === 0 ? {} : { ...needed, ...moduleDigests };
  return digestOf(stableJson({ guardrails: profile.guardrails, modules }));
}

function digestsOf(
  noun: string,
  ids: readonly string[],
  known: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const id of ids) {
    const digest = Object.hasOwn(known, id) ? known[id] : undefined;
    if (digest === undefined) {
      throw new HarnessError('file', {
        message: `could not plan the run: there is no ${noun} "${id}"`,
        hint: 'Check the files that name it: brakecheck validate',
      });
    }
    digests[id] = digest;
  }
  return digests;
}
