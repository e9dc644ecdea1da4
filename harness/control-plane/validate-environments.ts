import type { SlotSpec } from '../ports/stack.ts';
import { countRows } from './backups.ts';
import type { Company } from './company.ts';
import { EffectError } from './effect-error.ts';
import type { EffectRun } from './effect-run.ts';
import { deploymentOf, servingInstances, warmInstances, weighEvenly } from './instances.ts';

/** Requests sent to a service to see whether it works, and the share that must succeed: a third party may decline one. */
const SAMPLES = 20;
const SAMPLES_NEEDED = 0.9;

/** Checks that the slots work and hold what their newest backups hold, and lets shoppers in. Throws with all that is wrong. */
export async function validateEnvironments(run: EffectRun, slots: readonly SlotSpec[]): Promise<void> {
  const { company } = run;
  const { world } = company.context;
  const sizes = slots.map(({ service }) => world.services[service]?.dataSize ?? 0);
  const durationMs = Math.round((Math.max(0, ...sizes) / world.backups.validationPerSecond) * 1_000);
  for (const { slot } of slots) deploymentOf(company, slot);
  const problems = await run.during('validate', durationMs, async () => {
    const found: string[] = [];
    for (const slot of slots) found.push(...(await problemsOf(company, slot)));
    return found;
  });
  if (problems.length > 0) throw new EffectError(`the validation failed: ${problems.join('; ')}`);
  for (const { slot } of slots) {
    const ids = servingInstances(company, slot).map(({ id }) => id);
    const deployment = deploymentOf(company, slot);
    if (!deployment.inService) {
      weighEvenly(company, ids, 1);
      deployment.inService = true;
      run.changed();
    }
  }
}

async function problemsOf(company: Company, { slot }: SlotSpec): Promise<readonly string[]> {
  const unready = servingInstances(company, slot).filter(({ ready }) => !ready);
  const cold = await warmInstances(
    company,
    unready.map(({ id }) => id),
  );
  const instances = servingInstances(company, slot).length;
  if (instances === 0) return [`${slot} has no instance`];
  const problems = cold.map(reason => `not warm: ${reason}`);
  const answered = await answeredSamples(company, slot);
  if (answered < SAMPLES * SAMPLES_NEEDED) {
    problems.push(`${slot} answered ${answered} of ${SAMPLES} sample requests`);
  }
  const expected = company.backups.newest(slot)?.rows ?? {};
  const found = await countRows(company.stack, company.context.world, slot);
  for (const [table, rows] of Object.entries(expected)) {
    const held = found[table] ?? 0;
    if (held < rows) problems.push(`${table} of ${slot} holds ${held} rows, its newest backup ${rows}`);
  }
  return problems;
}

async function answeredSamples(company: Company, slot: string): Promise<number> {
  const { build } = deploymentOf(company, slot);
  let answered = 0;
  for (let index = 0; index < SAMPLES; index++) {
    try {
      const response = await company.stack.call(slot, build.definition.sampleRequest(index));
      // An order or a product that it does not know is an answer too; what should be there is counted row by row.
      if (response.status < 500) answered++;
    } catch {
      // No answer at all is a failed sample, whatever the reason.
    }
  }
  return answered;
}
