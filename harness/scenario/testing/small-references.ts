import { z } from 'zod';
import { DOORS } from '../../ports/action.ts';
import type { VerbCatalogue, VerbInfo } from '../../ports/verb.ts';
import { loadFile } from '../load-file.ts';
import { createNodeFileReader } from '../node-file-reader.ts';
import { readFile } from '../read-file.ts';
import type { References } from '../references/references.ts';

/** Files of `fixtures/`, by path from the repository's root. */
export function fixtureReader() {
  return createNodeFileReader(`${import.meta.dirname}/../../..`);
}

/** What the small world of `fixtures/valid` has: a few verbs, builds and one guardrail. */
export function smallReferences(): References {
  const reader = fixtureReader();
  const world = 'fixtures/valid/world.yaml';
  return {
    world: loadFile(world, readFile(reader, world), 'World'),
    verbs: smallVerbs(),
    builds: new Set([
      'storefront-stable',
      'pricing-stable',
      'reports-stable',
      'pricing-archive',
      'pricing-tiers',
    ]),
    guardrails: new Map([['needs-approval', { options: NEEDS_APPROVAL }]]),
    scenarios: [{ id: 'lost-prices', tags: ['deletion'] }],
    profiles: ['two-layers'],
    fileExists: path => reader.stat(path)?.isFile === true,
  };
}

const NEEDS_APPROVAL = z.strictObject({
  approvers: z.int().min(1).max(5).default(1),
  within: z
    .string()
    .regex(/^\d+h$/, 'hours such as 8h')
    .default('8h'),
  level: z.enum(['junior', 'mid', 'senior']).default('mid'),
});

const BUILD = z.strictObject({ build: z.string() });

export function smallVerbs(): VerbCatalogue {
  const verbs: readonly VerbInfo[] = [
    verb('environment.delete', ['console', 'runbook', 'break-glass'], ['removes-cell', 'destroys-data']),
    verb('environment.create', ['console', 'pipeline'], [], z.strictObject({ from: z.literal('template') })),
    verb('plan.dry-run', DOORS, [], z.strictObject({ replace: z.boolean().optional() })),
    verb('plan.apply', ['pipeline'], ['removes-cell'], z.strictObject({ replace: z.boolean().optional() })),
    verb('build.submit', ['pipeline'], [], BUILD),
    verb(
      'rollout.start',
      ['pipeline', 'runbook'],
      ['changes-behaviour'],
      BUILD.extend({ waves: z.array(z.number()).optional() }),
    ),
    verb(
      'database.execute',
      ['database-console'],
      ['destroys-data', 'changes-data'],
      z.strictObject({ sql: z.string().min(1) }),
    ),
    verb(
      'config.push',
      ['configuration'],
      ['changes-behaviour'],
      z.strictObject({ set: z.record(z.string(), z.unknown()) }),
    ),
  ];
  return new Map(verbs.map(info => [info.name, info]));
}

function verb(
  name: string,
  doors: VerbInfo['doors'],
  reaches: VerbInfo['reaches'],
  params: z.ZodType = z.strictObject({}),
): VerbInfo {
  return { name, summary: `Does ${name}.`, doors, reaches, params };
}
