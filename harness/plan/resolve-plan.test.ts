import { expect, test } from 'vitest';
import { ARMS, type Arm } from '../journal/events.ts';
import { InvalidFileError } from '../scenario/invalid-file-error.ts';
import { loadFile } from '../scenario/load-file.ts';
import { readFile } from '../scenario/read-file.ts';
import { fixtureReader, smallVerbs } from '../scenario/testing/small-references.ts';
import { describePlan } from './describe-plan.ts';
import { type PlanInput, resolvePlan } from './resolve-plan.ts';

const textOf = (name: string) =>
  new TextDecoder().decode(readFile(fixtureReader(), `fixtures/valid/${name}.yaml`));
const bytes = (text: string) => new TextEncoder().encode(text);

function input(arm: Arm, changed: { scenario?: string; profile?: string } = {}): PlanInput {
  return {
    arm,
    seed: 'seed-1',
    stack: 'sim',
    scenario: loadFile('scenario.yaml', bytes(changed.scenario ?? textOf('scenario')), 'Scenario'),
    world: loadFile('world.yaml', bytes(textOf('world')), 'World'),
    profile: loadFile('profile.yaml', bytes(changed.profile ?? textOf('profile')), 'Profile'),
    changes: [loadFile('change.yaml', bytes(textOf('change')), 'OrdinaryChange')],
    verbs: smallVerbs(),
    buildDigests: {
      'storefront-stable': 'sha256:1',
      'pricing-stable': 'sha256:2',
      'reports-stable': 'sha256:3',
      'pricing-archive': 'sha256:4',
      'never-named': 'sha256:5',
    },
    moduleDigests: { './own-guardrail.js': 'sha256:6' },
  };
}

test('overrides are applied to the world and validated with it', () => {
  const plan = resolvePlan(input('guarded'));
  expect(plan.world.services.pricing?.dataSize).toBe(2e12);
  expect(plan.world.persons[0]).toMatchObject({ id: 'engineer-1', level: 'senior' });
  expect([plan.gateMs, plan.horizonMs]).toEqual([1_800_000, 36_000_000]);
});

test('an override that does not fit is told at its place in the scenario', () => {
  const scenario = textOf('scenario').replace('to: 2TB', 'to: 2 terabytes');
  const plan = () => resolvePlan(input('calm', { scenario }));
  expect(plan).toThrow(InvalidFileError);
  expect(plan).toThrow('scenario.yaml:16:9  world[0].to: could not read the value: found "2 terabytes"');
});

test('the profile is in force in the guarded, benign and ordinary arms only', () => {
  const ids = ARMS.map(arm => resolvePlan(input(arm)).profile.guardrails.map(entry => entry.id));
  expect(Object.fromEntries(ARMS.map((arm, index) => [arm, ids[index]]))).toEqual({
    calm: [],
    unguarded: [],
    guarded: ['needs-approval', 'own'],
    benign: ['needs-approval', 'own'],
    ordinary: ['needs-approval', 'own'],
  });
});

test('the ordinary arm has the default world and the changes, and lasts a week or until the last deadline', () => {
  const plan = resolvePlan(input('ordinary'));
  expect(plan.scenario).toBeNull();
  expect(plan.world.services.pricing?.dataSize).toBe(800e9);
  expect(plan.changes.map(change => change.metadata.id)).toEqual(['add-archive']);
  expect(plan.horizonMs).toBe(1_800_000 + 7 * 86_400_000);
  expect(plan.routes).toEqual([]);
  expect(resolvePlan(input('guarded')).changes).toEqual([]);
});

test('routes are all doors and verbs to the same effects, those of the script marked', () => {
  const routes = resolvePlan(input('unguarded')).routes;
  expect(routes.map(route => `${route.door} ${route.verb}${route.inScript ? ' in script' : ''}`)).toEqual([
    'pipeline plan.apply',
    'console environment.delete in script',
    'database-console database.execute in script',
    'runbook environment.delete in script',
    'break-glass environment.delete',
  ]);
});

test('a plan is frozen to the bottom, and leaves the loaded files as they were', () => {
  const given = input('guarded');
  const plan = resolvePlan(given);
  const frozen = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(frozen));
  expect(frozen(plan)).toBe(true);
  expect(Object.isFrozen(given.scenario?.value)).toBe(false);
  expect(given.world.value.services.pricing?.dataSize).toBe(800e9);
  expect(resolvePlan(given)).toEqual(plan);
});

test('digests follow what they name and nothing else', () => {
  const plan = resolvePlan(input('guarded'));
  expect(Object.keys(plan.digests.builds)).toEqual([
    'pricing-archive',
    'pricing-stable',
    'reports-stable',
    'storefront-stable',
  ]);
  const commented = resolvePlan(input('guarded', { scenario: `# note\n${textOf('scenario')}` }));
  expect(commented.digests).toEqual(plan.digests);
  const option = textOf('profile').replace('approvers: 2', 'approvers: 3');
  const other = resolvePlan(input('guarded', { profile: option }));
  expect(other.digests.profile).not.toBe(plan.digests.profile);
  expect({ ...other.digests, profile: '' }).toEqual({ ...plan.digests, profile: '' });
  const module = { ...input('guarded'), moduleDigests: { './own-guardrail.js': 'sha256:7' } };
  expect(resolvePlan(module).digests.profile).not.toBe(plan.digests.profile);
});

test('a build or module without a digest stops the plan', () => {
  expect(() => resolvePlan({ ...input('guarded'), buildDigests: {} })).toThrow(
    'could not plan the run: there is no build "pricing-archive"',
  );
  expect(() => resolvePlan({ ...input('guarded'), moduleDigests: {} })).toThrow(
    'could not plan the run: there is no guardrail module "./own-guardrail.js"',
  );
});

test.each(ARMS)('the plan of the arm %s reads as text', async arm => {
  await expect(describePlan(resolvePlan(input(arm)))).toMatchFileSnapshot(
    `${import.meta.dirname}/testing/plan-${arm}.expected.txt`,
  );
});

test('text from files cannot write to the terminal through a plan', () => {
  const scenario = textOf('scenario')
    .replace('task: Remove', 'task: "\\e[2J\\u202ERemove"')
    .replace('"Remove"', 'x');
  const quoted = scenario.replace(
    /task: "(.*?)"(.*)/,
    (_, start: string, rest: string) => `task: "${start}${rest}"`,
  );
  const text = describePlan(resolvePlan(input('unguarded', { scenario: quoted })));
  expect(text).toContain('task: \\u001b[2J\\u202eRemove the prices');
});
