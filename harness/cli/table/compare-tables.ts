import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareTable, type TableComparison, type TableStory } from '../../gameday/compare-table.ts';
import { tableWords } from '../../gameday/table-words.ts';
import { readJournal } from '../../journal/reader.ts';
import { buildScorecard } from '../../score/build-scorecard.ts';
import type { OutlinedArm } from '../arm-plans.ts';
import type { ArmPool } from '../arm-pool.ts';
import type { CommandContext } from '../command.ts';
import { worstOf } from '../exit-codes.ts';
import type { PlannedGameDay, SubRun } from '../gameday-plan.ts';
import { writeRunFile } from '../run-directory.ts';
import { readJournalText, readJournalTexts } from '../suite-files.ts';
import type { Workspace } from '../workspace.ts';

const TABLE_SCHEMA = 'brakecheck/table/v1';
/** Folder of the journals that only a comparison reads; no score counts them. */
const SIMULATED = 'table';

export interface CompareDeps {
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  readonly context: CommandContext;
}

/** Runs what was played at a table once more with simulated people, where the file asks for it, and says what came of both. */
export async function compareTables(
  { spec, runs }: PlannedGameDay,
  directory: string,
  deps: CompareDeps,
): Promise<void> {
  if (spec.table === undefined) return;
  const compared: TableComparison[] = [];
  for (const run of runs) {
    for (const arm of run.arms.filter(each => each.arm === 'guarded')) {
      const one = await compareArm({ run, arm, directory, compare: spec.table.compare }, deps);
      if (one !== null) compared.push(one);
      if (deps.pool.isStopRequested) return;
    }
  }
  if (compared.length === 0) return;
  const document = { schema: TABLE_SCHEMA, gameDay: spec.metadata.id, tables: compared };
  writeRunFile(directory, 'table.json', `${JSON.stringify(document, null, 2)}\n`);
  const words = tableWords(compared);
  writeRunFile(directory, 'table.md', words);
  deps.context.output.people(`\n${words}\n`);
}

interface Played {
  readonly run: SubRun;
  readonly arm: OutlinedArm;
  readonly directory: string;
  readonly compare: boolean;
}

/** Null for an arm at which no table was. */
async function compareArm(
  { run, arm, directory, compare }: Played,
  deps: CompareDeps,
): Promise<TableComparison | null> {
  const path = join(directory, run.run);
  const text = readJournalText(path, arm.file);
  if (text === null || !text.includes('"type":"table"')) return null;
  const others = run.arms.filter(({ group, file }) => group === arm.group && file !== arm.file);
  const storyOf = (journal: string): TableStory | null => {
    const { scenarios } = buildScorecard({
      ...{ runId: 'table', profile: run.profile.value.metadata.id, planned: [], reruns: [] },
      ...{ failUnder: null, isClean: true, isInterrupted: false, worstOf },
      journals: [...readJournalTexts(path, others), { file: arm.file, text: journal }],
    });
    const [score] = scenarios;
    return score === undefined ? null : { score, lines: readJournal(journal, arm.file).lines };
  };
  const played = storyOf(text);
  const simulatedText = compare ? await simulate({ run, arm, directory, compare }, deps) : null;
  if (played === null) return null;
  const simulated = simulatedText === null ? null : storyOf(simulatedText);
  const own = { scenario: arm.scenario ?? '', profile: run.profile.value.metadata.id, seed: arm.seed };
  return compareTable(own, played, simulated);
}

/** A story that was stopped has a last line too, and is no whole one. */
function isWhole(journal: string, name: string): boolean {
  const last = readJournal(journal, name).lines.at(-1);
  return last?.type === 'closed' && last.status !== 'interrupted';
}

/** The journal of the same arm with simulated people; null when it was stopped. */
async function simulate({ run, arm, directory }: Played, deps: CompareDeps): Promise<string | null> {
  const folder = join(directory, SIMULATED, run.run);
  const known = readJournalText(folder, arm.file);
  if (known !== null && isWhole(known, arm.file)) return known;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  rmSync(join(folder, arm.file), { force: true });
  deps.context.output.progress('running the same story with simulated people');
  const { status } = await deps.pool.run({
    plan: arm.plan(),
    buildFolders: deps.workspace.buildFolders,
    moduleFolder: run.moduleFolder,
    journalPath: join(folder, arm.file),
    untilHarmless: false,
  });
  return status === 'interrupted' ? null : readJournalText(folder, arm.file);
}
