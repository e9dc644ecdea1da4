import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../kernel/errors.ts';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { findEngine } from '../stack/containers/engine/find-engine.ts';
import { removeImages } from '../stack/containers/images/remove-images.ts';
import { sweepFolders } from '../stack/containers/sweep/owned-folders.ts';
import { thisMachine } from '../stack/containers/sweep/owner.ts';
import { planSweep, type Reach, type SweepReport, sweep } from '../stack/containers/sweep/sweep.ts';
import { cleanReports } from './clean-reports.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { createRealClock } from './real-clock.ts';

export interface CleanOptions {
  readonly all?: boolean;
  readonly images?: boolean;
  readonly reports?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Cleaned = Pick<SweepReport, 'removed' | 'kept' | 'failed'>;

/** `brakecheck clean`. Ends as `unclean` when something could not be removed, or could not be looked at. */
export async function cleanCommand(options: CleanOptions, context: CommandContext): Promise<ExitCodeName> {
  const reach: Reach = { of: options.all === true ? 'all' : 'dead' };
  const dryRun = options.dryRun === true;
  const parts = [
    await cleanEngine(reach, options),
    sweepFolders(tmpdir(), reach, { machine: thisMachine(), dryRun }),
    ...(options.reports === true
      ? [cleanReports(join(context.cwd, 'reports'), { dryRun, all: options.all === true })]
      : []),
  ];
  const whole = {
    removed: parts.flatMap(({ removed }) => removed),
    kept: parts.flatMap(({ kept }) => kept),
    failed: parts.flatMap(({ failed }) => failed),
  };
  if (options.json === true) {
    const document = { schema: 'brakecheck/clean/v1', dryRun, ...whole };
    context.output.machine(`${JSON.stringify(document, null, 2)}\n`);
  } else context.output.machine(wordsFor(whole, dryRun));
  return whole.failed.length > 0 ? 'unclean' : 'held';
}

/** No engine at all has nothing of ours; one that does not answer may. */
async function cleanEngine(reach: Reach, options: CleanOptions): Promise<Cleaned> {
  const address = findEngine({
    env: process.env,
    home: homedir(),
    userId: process.getuid?.() ?? null,
    exists: existsSync,
  });
  if (address === null) return { removed: [], kept: [], failed: [] };
  try {
    const client = await connectEngine(process.env.DOCKER_HOST);
    const deps = { docker: client.container.dockerode, machine: thisMachine() };
    const { sleep } = createRealClock();
    const dryRun = options.dryRun === true;
    const swept = dryRun ? await planSweep(reach, deps) : await sweep(reach, { ...deps, wait: sleep });
    if (options.images !== true) return swept;
    const images = await removeImages(deps.docker, { dryRun });
    return {
      removed: [...swept.removed, ...images.removed],
      kept: swept.kept,
      failed: [...swept.failed, ...images.failed],
    };
  } catch (error) {
    const because = messageOf(error);
    return {
      removed: [],
      kept: [],
      failed: [{ kind: 'engine', name: address.where, runId: 'unknown', because }],
    };
  }
}

function wordsFor({ removed, kept, failed }: Cleaned, dryRun: boolean): string {
  if (removed.length + kept.length + failed.length === 0) return 'Nothing was left behind.\n';
  return [
    ...removed.map(({ kind, name }) => `${dryRun ? 'would remove' : 'removed'} ${kind} ${name}`),
    ...kept.map(({ kind, name, because }) => `kept ${kind} ${name}: ${because}`),
    ...failed.map(({ kind, name, because }) => `could not remove ${kind} ${name}: ${because}`),
    `${removed.length} ${dryRun ? 'to remove' : 'removed'}, ${kept.length} kept, ${failed.length} failed.`,
    '',
  ].join('\n');
}
