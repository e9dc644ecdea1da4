import { resolve } from 'node:path';
import type { CommandContext } from './command.ts';
import { checkBrowser } from './doctor/browser-check.ts';
import { AREAS, type Area, type Check } from './doctor/check.ts';
import { checkContainers } from './doctor/engine-checks.ts';
import { checkDisk, checkMemory, checkNode, checkPorts, checkReports } from './doctor/machine-checks.ts';
import { doctorWords } from './doctor/words.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { projectRoot } from './workspace.ts';

export interface DoctorOptions {
  readonly require: readonly Area[];
  readonly json?: boolean;
}

/** `brakecheck doctor`. */
export async function doctorCommand(options: DoctorOptions, context: CommandContext): Promise<ExitCodeName> {
  const reports = resolve(context.cwd, 'reports');
  const checks: readonly Check[] = [
    checkNode(process.versions.node, process.execPath),
    await checkReports(reports),
    await checkDisk('disk', 'Disk', reports),
    checkMemory(),
    await checkPorts(),
    ...(await checkContainers(projectRoot(), process.env)),
    await checkBrowser(process.env),
  ];
  const works = Object.fromEntries(
    AREAS.map(area => [area, !checks.some(({ blocks }) => blocks.includes(area))]),
  ) as Record<Area, boolean>;
  const unmet = options.require.filter(area => !works[area]);
  if (options.json === true) {
    const document = { schema: 'brakecheck/doctor/v1', works, required: options.require, unmet, checks };
    context.output.machine(`${JSON.stringify(document, null, 2)}\n`);
  } else context.output.machine(doctorWords(checks, works, unmet));
  return unmet.length > 0 ? 'environment' : 'held';
}
