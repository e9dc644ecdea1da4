import { z } from 'zod';
import { repairData } from '../data-repair.ts';
import { LOOKING, touching } from '../footprints.ts';
import { buildFor, deploymentOf } from '../instances.ts';
import { slotsOfBuild } from '../rollouts/start-rollout.ts';
import { natureOf } from '../sql-text.ts';
import { defineVerb, type Verb } from '../verb.ts';

/** Rows that a console shows of one query. */
const SHOWN_ROWS = 100;

const execute = defineVerb({
  name: 'database.execute',
  summary: 'Runs one SQL statement in each database in scope.',
  doors: ['database-console', 'runbook'],
  reaches: ['destroys-data', 'changes-data', 'changes-behaviour'],
  params: z.strictObject({ sql: z.string().min(1).max(20_000).describe('One SQL statement.') }),
  queues: false,
  footprint: (target, { sql }, company) => {
    const { readOnly, destructive } = natureOf(sql);
    return readOnly ? LOOKING : touching(target, company, { destructive, reversible: false });
  },
  carryOut: async (target, { sql }, run) => {
    const { readOnly } = natureOf(sql);
    const results = [];
    for (const { slot } of target.slots) {
      if (!readOnly) run.changed();
      const { rows, changed } = await run.company.stack.sql(slot, sql);
      results.push({ slot, rows: rows.slice(0, SHOWN_ROWS), rowCount: rows.length, changed });
    }
    return { results };
  },
});

const migrate = defineVerb({
  name: 'database.migrate',
  summary: "Runs a build's pending migrations. They cannot be undone.",
  doors: ['pipeline', 'database-console', 'runbook'],
  reaches: ['changes-data'],
  params: z.strictObject({ build: z.string().max(200).describe('Id of a build.') }),
  queues: true,
  footprint: (target, _params, company) => touching(target, company, { reversible: false }),
  buildOf: (_target, { build }) => build,
  carryOut: async (target, params, run) => {
    const slots = slotsOfBuild(run.company, target.slots, params.build);
    for (const { slot, service } of slots) {
      deploymentOf(run.company, slot);
      run.changed();
      await run.company.stack.migrate(slot, buildFor(run.company, params.build, service));
    }
    return { migrated: slots.map(({ slot }) => slot) };
  },
});

const repair = defineVerb({
  name: 'data.repair',
  summary: 'Puts rows of a watched table back as they are in a backup, where they are missing or differ.',
  doors: ['database-console', 'runbook'],
  reaches: ['changes-data'],
  params: z.strictObject({
    table: z.string().max(200).describe('A watched table of the service.'),
    backup: z.string().max(200).default('newest').describe('`newest`, or the id of a backup.'),
  }),
  queues: true,
  footprint: (target, _params, company) => touching(target, company, { reversible: false }),
  carryOut: async (target, params, run) => {
    const repaired = [];
    for (const slot of target.slots) repaired.push(await repairData(run, slot, params));
    return { repaired };
  },
});

export const databaseVerbs: readonly Verb[] = [execute, migrate, repair];
