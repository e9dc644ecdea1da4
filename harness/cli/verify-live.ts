import { readJournal } from '../journal/reader.ts';
import { digestOf } from '../kernel/digest.ts';
import type { Plan } from '../plan/plan.ts';
import { renderTwins } from '../report/twins.ts';
import { buildScorecard } from '../score/build-scorecard.ts';
import { compareTwins } from '../score/compare-twins.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { JournalText } from '../score/scorecard-tally.ts';
import { ArmPool } from './arm-pool.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { worstOf } from './exit-codes.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import type { Output } from './output.ts';
import type { Manifest } from './run-directory.ts';
import { armsAtOnce } from './stage-factories.ts';
import { readJournalText } from './suite-files.ts';
import { recordedAnswers } from './verify-journal.ts';
import type { Workspace } from './workspace.ts';

interface VerifyLiveDeps {
  readonly path: string;
  readonly workspace: Workspace;
  readonly output: Output;
}

/**
 * Verifies a run on a live stack, on which no two runs are alike to the byte: each journal must be as it was written, and
 * when all arms are run again on the same stack, verdicts, stages and harmed cells must be the same, and quantities agree
 * within the tolerances of `compareTwins`.
 */
export async function verifyLive(manifest: Manifest, deps: VerifyLiveDeps): Promise<ExitCodeName> {
  const { path, output } = deps;
  const recorded = manifest.journals.map(({ file, digest }) => ({
    file,
    digest,
    text: readJournalText(path, file) ?? '',
  }));
  const changed = recorded.filter(
    ({ text, digest }) => text === '' || digestOf(text) !== digest || !hasSameBuilds(text, deps.workspace),
  );
  for (const { file } of changed) {
    output.machine(`DIFFERENT  ${file}: it is missing, was changed after the run, or ran other builds\n`);
  }
  if (changed.length > 0) return 'weakness';
  if (recorded.length === 0) return 'inconclusive';
  const again = await runAgain(recorded, manifest, deps);
  const comparison = compareTwins(cardOf(recorded, manifest), cardOf(again, manifest));
  output.machine(`${recorded.length} journals are as they were written. Run again on the same stack:\n\n`);
  output.machine(renderTwins(comparison));
  return comparison.agree ? 'held' : 'weakness';
}

async function runAgain(
  recorded: readonly JournalText[],
  { moduleFolder, sampleMs }: Manifest,
  { workspace, output }: VerifyLiveDeps,
): Promise<JournalText[]> {
  const plans = recorded.map(({ file, text }) => {
    const { header, lines } = readJournal(text, file);
    const plan = header.plan as Plan;
    return { file, plan, answers: recordedAnswers(plan, lines) };
  });
  const pool = new ArmPool(await armsAtOnce(plans[0]?.plan.stack ?? 'sim'));
  const texts: JournalText[] = [];
  try {
    await forEachAtOnce(plans, pool.depth, async ({ file, plan, answers }) => {
      const { journal } = await pool.run({
        plan,
        buildFolders: workspace.buildFolders,
        moduleFolder,
        journalPath: null,
        untilHarmless: false,
        ...(sampleMs === undefined ? {} : { sampleMs }),
        ...(answers.length === 0 ? {} : { adapters: { mode: 'replay', answers } }),
      });
      texts.push({ file, text: journal ?? '' });
      output.progress(`run again: ${texts.length} of ${plans.length} arms`);
    });
  } finally {
    await pool.close();
  }
  return texts;
}

function hasSameBuilds(text: string, { builds }: Workspace): boolean {
  const { header } = readJournal(text, 'a journal');
  return Object.entries(header.builds).every(([id, noted]) => builds.get(id)?.digest === noted);
}

function cardOf(journals: readonly JournalText[], { runId, profile, planned }: Manifest): Scorecard {
  return buildScorecard({
    ...{ runId, profile, planned, journals, worstOf },
    ...{ reruns: [], failUnder: null, isClean: true, isInterrupted: false },
  });
}
