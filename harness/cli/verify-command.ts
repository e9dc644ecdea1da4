import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { ArmPool } from './arm-pool.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { worstOf } from './exit-codes.ts';
import { readManifest } from './suite-files.ts';
import { printDrift } from './verify-drift.ts';
import { type Finding, verifyJournal } from './verify-journal.ts';
import { verifyLive } from './verify-live.ts';
import { openWorkspace } from './workspace.ts';

export interface VerifyOptions {
  /** Asks the user's services again, and tells which answers differ from the recorded ones. */
  readonly fresh?: boolean;
}

/**
 * `brakecheck verify`: compares each journal with the digest that the run noted, then runs the arm again from the plan
 * in the journal's header and compares byte for byte; a run on a live stack is compared by its scores. Answers of the user's own services are taken from the journal.
 */
export async function verifyCommand(
  directory: string,
  { fresh = false }: VerifyOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const path = resolve(context.cwd, directory);
  const manifest = readManifest(path);
  const workspace = await openWorkspace(context.cwd);
  // Only runs on live stacks have samples.
  if (manifest.sampleMs !== undefined) {
    return verifyLive(manifest, { path, workspace, output: context.output });
  }
  const pool = new ArmPool(availableParallelism());
  try {
    const findings = await Promise.all(
      manifest.journals.map(entry =>
        verifyJournal(entry, { path, pool, workspace, moduleFolder: manifest.moduleFolder, fresh }),
      ),
    );
    for (const { file, state, text } of findings)
      context.output.machine(`${LABELS[state].padEnd(9)}  ${file}: ${text}\n`);
    if (fresh) printDrift(findings, context.output);
    const same = findings.filter(({ state }) => state === 'same').length;
    context.output.machine(`${same} of ${findings.length} journals verified\n`);
    return endOf(findings);
  } finally {
    await pool.close();
  }
}

const LABELS = { same: 'same', different: 'DIFFERENT', unproven: 'UNPROVEN' } as const;

/** A fresh answer in other words that rules the same is told, and is no weakness. */
function endOf(findings: readonly Finding[]): ExitCodeName {
  const ends = findings.map(({ state, drifts }): ExitCodeName => {
    if (state === 'unproven') return 'inconclusive';
    return state === 'different' || drifts.some(({ differs }) => differs === 'ruling') ? 'weakness' : 'held';
  });
  return findings.length === 0 ? 'inconclusive' : (worstOf(ends).name as ExitCodeName);
}
