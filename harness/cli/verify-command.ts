import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { readJournal } from '../journal/reader.ts';
import { digestOf } from '../kernel/digest.ts';
import type { Plan } from '../plan/plan.ts';
import { ArmPool } from './arm-pool.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { firstDifference } from './first-difference.ts';
import type { Manifest } from './run-directory.ts';
import { readJournalText, readManifest } from './suite-files.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** What `verify` found of one journal. */
interface Finding {
  readonly file: string;
  readonly isSame: boolean;
  readonly text: string;
}

/**
 * `brakecheck verify`: compares each journal with the digest that the run noted, then runs the arm again from the plan
 * in the journal's header and compares byte for byte.
 */
export async function verifyCommand(directory: string, context: CommandContext): Promise<ExitCodeName> {
  const path = resolve(context.cwd, directory);
  const manifest = readManifest(path);
  const workspace = await openWorkspace(context.cwd);
  const pool = new ArmPool(availableParallelism());
  try {
    const findings = await Promise.all(
      manifest.journals.map(entry =>
        verifyJournal(entry, { path, pool, workspace, moduleFolder: manifest.moduleFolder }),
      ),
    );
    for (const { file, isSame, text } of findings)
      context.output.machine(`${isSame ? 'same     ' : 'DIFFERENT'}  ${file}: ${text}\n`);
    const same = findings.filter(({ isSame }) => isSame).length;
    context.output.machine(`${same} of ${findings.length} journals verified\n`);
    return findings.length === 0 ? 'inconclusive' : same === findings.length ? 'held' : 'weakness';
  } finally {
    await pool.close();
  }
}

interface VerifyDeps {
  readonly path: string;
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  readonly moduleFolder: string;
}

async function verifyJournal(
  { file, digest }: Manifest['journals'][number],
  deps: VerifyDeps,
): Promise<Finding> {
  const different = (text: string): Finding => ({ file, isSame: false, text });
  const text = readJournalText(deps.path, file);
  if (text === null) return different('it is missing or empty');
  if (digest === '') return different('the run ended before its digest was noted');
  if (digestOf(text) !== digest)
    return different(
      `it was changed after the run (digest ${digestOf(text).slice(0, 19)}…, noted ${digest.slice(0, 19)}…)`,
    );
  const { header } = readJournal(text, file);
  const unlike = Object.entries(header.builds).find(
    ([id, noted]) => deps.workspace.builds.get(id)?.digest !== noted,
  );
  if (unlike !== undefined) return different(`the build ${unlike[0]} is no longer the one that ran`);
  const rerun = await deps.pool.run({
    plan: header.plan as Plan,
    buildFolders: deps.workspace.buildFolders,
    moduleFolder: deps.moduleFolder,
    journalPath: null,
    untilHarmless: false,
  });
  if (rerun.digest === digest)
    return { file, isSame: true, text: `run again, byte for byte (${digest.slice(0, 19)}…)` };
  return different(firstDifference(text, rerun.journal ?? ''));
}
