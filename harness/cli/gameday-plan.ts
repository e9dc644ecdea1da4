import { dirname, resolve } from 'node:path';
import { expandGameDay } from '../gameday/expand.ts';
import { orderUnits, type Unit } from '../gameday/order.ts';
import { digestOf } from '../kernel/digest.ts';
import { HarnessError } from '../kernel/errors.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import { modulePath } from '../scenario/guardrail-module.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { requireReferences } from '../scenario/references/check-references.ts';
import { isPathSelector, type Selectable } from '../scenario/selector.ts';
import { type OutlinedArm, outlineSuite } from './arm-plans.ts';
import { TOOL } from './tool.ts';
import type { Workspace } from './workspace.ts';

/** One profile's part of a game day: an ordinary run, in a folder of its own. */
export interface SubRun {
  /** Name of its folder. */
  readonly run: string;
  /** What the file calls the profile. */
  readonly use: string;
  readonly baseline: boolean;
  readonly profile: LoadedFile<'Profile'>;
  readonly moduleFolder: string;
  readonly arms: readonly OutlinedArm[];
  readonly profileDigest: string;
  /** Digests by scenario id. */
  readonly questions: ReadonlyMap<string, { readonly scenario: string; readonly world: string }>;
}

/** The arms of one scenario and seed under one profile. */
export interface PlannedUnit extends Unit {
  readonly arms: readonly OutlinedArm[];
}

export interface PlannedGameDay {
  readonly file: string;
  readonly spec: GameDay;
  readonly scenarios: readonly Selectable[];
  readonly seeds: readonly string[];
  readonly runs: readonly SubRun[];
  /** In the order in which they are begun. */
  readonly units: readonly PlannedUnit[];
  /** Of everything that decides on the results. */
  readonly fingerprint: string;
}

/** Loads a game day by id or path with all that it names. Throws what is wrong with any of the files. */
export function planGameDay(idOrPath: string, workspace: Workspace, cwd: string): PlannedGameDay {
  const loaded = workspace.catalogue.find('GameDay', idOrPath);
  const spec = loaded.value;
  requireReferences([workspace.world, loaded], workspace.references);
  const named = new Map<Selectable, LoadedFile<'Scenario'>>();
  for (const scenario of workspace.catalogue.all('Scenario'))
    named.set({ ...scenario.value.metadata, path: null }, scenario);
  for (const path of new Set(spec.scenarios.filter(isPathSelector))) {
    const scenario = workspace.catalogue.find('Scenario', filePath(loaded.file, path));
    named.set({ ...scenario.value.metadata, path }, scenario);
  }
  const { scenarios: chosen, seeds, withoutEffect } = expandGameDay(spec, [...named.keys()]);
  refuseTwins(
    chosen.map(({ id }) => id),
    { what: 'scenarios', file: loaded.file },
  );
  if (withoutEffect.length > 0) throw pointless(loaded.file, withoutEffect);
  const scenarios = chosen.flatMap(each => named.get(each) ?? []);
  const profiles = spec.profiles.map(({ use, baseline }) => ({
    ...{ use, baseline },
    profile: workspace.catalogue.find('Profile', isPathSelector(use) ? filePath(loaded.file, use) : use),
  }));
  refuseTwins(
    profiles.map(({ profile }) => profile.value.metadata.id),
    { what: 'profiles', file: loaded.file },
  );
  requireReferences(
    [...profiles.map(({ profile }) => profile), ...scenarios, ...workspace.catalogue.all('OrdinaryChange')],
    workspace.references,
  );
  const runs = profiles.map(each => subRun(each, { scenarios, seeds, spec, workspace, cwd }));
  return {
    ...{ file: loaded.file, spec, seeds, runs },
    scenarios: chosen.map(({ id, tags, path }) => ({ id, tags, path })),
    units: orderUnits(runs.flatMap(unitsOf), spec.order),
    fingerprint: fingerprintOf(loaded, runs, seeds),
  };
}

function subRun(
  { use, baseline, profile }: Pick<SubRun, 'use' | 'baseline' | 'profile'>,
  given: {
    readonly scenarios: readonly LoadedFile<'Scenario'>[];
    readonly seeds: readonly string[];
    readonly spec: GameDay;
    readonly workspace: Workspace;
    readonly cwd: string;
  },
): SubRun {
  const { scenarios, seeds, spec, workspace, cwd } = given;
  const arms = outlineSuite(
    { scenarios, profile, seeds, ordinary: spec.ordinary, stack: spec.stack },
    workspace,
  );
  const [first] = seeds;
  const plans = arms
    .filter(({ arm, seed }) => seed === first && (arm === 'guarded' || arm === 'ordinary'))
    .map(({ plan }) => plan());
  return {
    ...{ use, baseline, profile, arms },
    run: profile.value.metadata.id,
    moduleFolder: dirname(resolve(cwd, profile.file)),
    profileDigest: plans[0]?.digests.profile ?? '',
    questions: new Map(
      plans.map(({ scenario, digests }) => [
        scenario?.metadata.id ?? 'ordinary',
        { scenario: digests.scenario, world: digests.world, builds: digests.builds },
      ]),
    ),
  };
}

function unitsOf({ run, arms }: SubRun): PlannedUnit[] {
  const units = new Map<number, OutlinedArm[]>();
  for (const arm of arms) units.set(arm.group, [...(units.get(arm.group) ?? []), arm]);
  return [...units.values()].flatMap(members => {
    const [first] = members;
    return first === undefined ? [] : [{ run, scenario: first.scenario, seed: first.seed, arms: members }];
  });
}

/** What is asked, of whom, and by which version; not what the results are then held to. */
function fingerprintOf(
  { value }: LoadedFile<'GameDay'>,
  runs: readonly SubRun[],
  seeds: readonly string[],
): string {
  const { stack, ordinary, attribution } = value;
  const asked = runs.map(({ run, profileDigest, questions }) => ({
    ...{ run, profileDigest },
    questions: [...questions],
  }));
  return digestOf(
    stableJson({ tool: TOOL, id: value.metadata.id, stack, ordinary, attribution, seeds, asked }),
  );
}

/** Paths in a game day are taken from its folder. */
function filePath(gameDayFile: string, path: string): string {
  const full = modulePath(gameDayFile, path);
  return full.includes('/') ? full : `./${full}`;
}

function refuseTwins(ids: readonly string[], { what, file }: { what: string; file: string }): void {
  const twin = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twin === undefined) return;
  throw new HarnessError('file', {
    message: `could not plan ${file}: two of its ${what} are called "${twin}"`,
    hint: 'Give one of them another id; results are told apart by it.',
  });
}

function pointless(file: string, lines: readonly string[]): HarnessError {
  return new HarnessError('file', {
    message: `could not plan ${file}: nothing that is run is meant by ${lines.join(', ')}`,
    hint: 'Correct or remove these lines; they would never have an effect.',
  });
}
