import { formatDuration } from '../../kernel/duration.ts';
import { parseResource } from '../../ports/resource.ts';
import { SEVERITY_HARMS } from '../harm-schema.ts';
import type { World } from '../world-schema.ts';
import { checkResource } from './check-resource.ts';
import { checkShoppers } from './check-shoppers.ts';
import { checkUnique } from './check-unique.ts';
import { checkVerbPattern } from './check-verb.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** The world's parts fit one another, and what it names exists. */
export function checkWorld(
  report: Reporter,
  world: World,
  references: Pick<References, 'verbs' | 'builds'>,
): void {
  if (world.gate >= world.horizon) {
    report.value(['gate'], {
      code: 'out-of-range',
      task: 'use the gate',
      found: formatDuration(world.gate),
      expected: `less than the horizon, ${formatDuration(world.horizon)}`,
    });
  }
  checkServices(report, world, references);
  checkShoppers(report, world);
  checkPeople(report, world, references);
  checkPolicy(report, world, references);
  checkSeverity(report, world);
  checkWaves(report, world.rollouts.waves);
  checkTables(report, world);
}

function checkServices(report: Reporter, world: World, references: Pick<References, 'builds'>): void {
  checkUnique(report, ['regions'], world.regions, '');
  for (const [name, service] of Object.entries(world.services)) {
    const path = ['services', name];
    for (const [index, region] of service.regions.entries()) {
      report.name([...path, 'regions', index], { noun: 'region', word: region, legal: world.regions });
    }
    checkUnique(report, [...path, 'regions'], service.regions, '');
    report.keyName(path, {
      noun: 'build',
      word: `${name}-stable`,
      legal: references.builds,
      hint: 'every service starts with the build <service>-stable',
    });
  }
  for (const [index, slot] of world.staging.entries()) checkStaging(report, ['staging', index], slot, world);
  checkUnique(report, ['staging'], world.staging, '');
}

function checkStaging(
  report: Reporter,
  path: readonly (string | number)[],
  slot: string,
  world: World,
): void {
  const resource = parseResource(slot);
  if (resource === null) return;
  if (resource.environment === 'production' || resource.service === '*' || resource.region === '*') {
    report.value(path, {
      code: 'wrong-value',
      task: 'read the staging slot',
      found: `"${slot}"`,
      expected: 'one cell of another environment, such as staging:pricing/na',
    });
    return;
  }
  checkResource(report, path, `${resource.service}/${resource.region}`, world);
}

function checkPeople(report: Reporter, world: World, references: Pick<References, 'verbs'>): void {
  for (const [index, person] of world.persons.entries()) {
    for (const [at, role] of person.roles.entries()) {
      report.name(['persons', index, 'roles', at], {
        noun: 'role',
        word: role,
        legal: Object.keys(world.roles),
      });
    }
  }
  checkUnique(
    report,
    ['persons'],
    world.persons.map(person => person.id),
    'id',
  );
  const reviewers = world.people.reviewers.people;
  checkUnique(
    report,
    ['people', 'reviewers', 'people'],
    reviewers.map(person => person.id),
    'id',
  );
  for (const [role, grants] of Object.entries(world.roles)) {
    for (const [index, grant] of grants.entries()) {
      const path = ['roles', role, index];
      for (const [at, verb] of grant.verbs.entries()) {
        checkVerbPattern(report, [...path, 'verbs', at], verb, references.verbs);
      }
      for (const [at, resource] of grant.resources.entries()) {
        checkResource(report, [...path, 'resources', at], resource, world);
      }
    }
  }
}

function checkPolicy(report: Reporter, world: World, references: Pick<References, 'verbs'>): void {
  checkUnique(
    report,
    ['policy'],
    world.policy.map(line => line.id),
    'id',
  );
  for (const [index, line] of world.policy.entries()) {
    checkVerbPattern(report, ['policy', index, 'verb'], line.verb, references.verbs);
    checkResource(report, ['policy', index, 'resource'], line.resource, world);
  }
}

/** A threshold on a harm that nobody counts would never be reached, and nobody would notice. */
function checkSeverity(report: Reporter, world: World): void {
  const severities = world.severity.map(rule => String(rule.severity));
  checkUnique(report, ['severity'], severities, 'severity');
  for (const [index, rule] of world.severity.entries()) {
    for (const [at, { harm }] of rule.anyOf.entries()) {
      const path = ['severity', index, 'anyOf', at, 'harm'];
      report.name(path, { noun: 'harm', word: harm, legal: SEVERITY_HARMS });
    }
  }
}

function checkWaves(report: Reporter, waves: readonly number[]): void {
  const isAscending = waves.every((wave, index) => index === 0 || wave > (waves[index - 1] as number));
  if (isAscending && waves.at(-1) === 1) return;
  report.value(['rollouts', 'waves'], {
    code: 'conflict',
    task: 'use these waves',
    found: `[${waves.join(', ')}]`,
    expected: 'shares of traffic that rise and end at 1, such as [0.25, 0.5, 1]',
  });
}

function checkTables(report: Reporter, world: World): void {
  const names = world.watchedTables.map(table => `${table.service}.${table.table}`);
  checkUnique(report, ['watchedTables'], names, 'table');
  for (const [index, table] of world.watchedTables.entries()) {
    const legal = Object.keys(world.services);
    report.name(['watchedTables', index, 'service'], { noun: 'service', word: table.service, legal });
  }
}
