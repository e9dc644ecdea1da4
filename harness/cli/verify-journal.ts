import type { Drift } from '../guardrails/adapters/replay/drift.ts';
import type { RecordedAnswer } from '../guardrails/adapters/replay/recorded-answers.ts';
import type { JournalLine } from '../journal/events.ts';
import { readJournal } from '../journal/reader.ts';
import { digestOf } from '../kernel/digest.ts';
import type { Plan } from '../plan/plan.ts';
import type { ArmPool } from './arm-pool.ts';
import { firstDifference } from './first-difference.ts';
import { knownGuardrails } from './known-guardrails.ts';
import type { Manifest } from './run-directory.ts';
import { readJournalText } from './suite-files.ts';
import { tableOfRecord } from './table/table-of-record.ts';
import type { Workspace } from './workspace.ts';

/** What `verify` found of one journal. `unproven`: it could not be run again by its own record. */
export interface Finding {
  readonly file: string;
  readonly state: 'same' | 'different' | 'unproven';
  readonly text: string;
  /** Answers that the user's services give otherwise now, when they were asked. */
  readonly drifts: readonly Drift[];
  /** Answers that came from the journal. */
  readonly replayed: number;
}

interface VerifyDeps {
  readonly path: string;
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  readonly moduleFolder: string;
  readonly fresh: boolean;
}

/** Compares one journal with its digest, then with what the same plan gives when it is run again. */
export async function verifyJournal(
  { file, digest }: Manifest['journals'][number],
  deps: VerifyDeps,
): Promise<Finding> {
  const different = (text: string): Finding => ({ file, state: 'different', text, drifts: [], replayed: 0 });
  const text = readJournalText(deps.path, file);
  if (text === null) return different('it is missing or empty');
  if (digest === '') return different('the run ended before its digest was noted');
  if (digestOf(text) !== digest)
    return different(
      `it was changed after the run (digest ${digestOf(text).slice(0, 19)}…, noted ${digest.slice(0, 19)}…)`,
    );
  const { header, lines } = readJournal(text, file);
  const unlike = Object.entries(header.builds).find(
    ([id, noted]) => deps.workspace.builds.get(id)?.digest !== noted,
  );
  if (unlike !== undefined) return different(`the build ${unlike[0]} is no longer the one that ran`);
  const plan = header.plan as Plan;
  const answers = recordedAnswers(plan, lines);
  const rerun = await deps.pool.run({
    plan,
    buildFolders: deps.workspace.buildFolders,
    moduleFolder: deps.moduleFolder,
    journalPath: null,
    untilHarmless: false,
    ...tableOfRecord(lines),
    adapters: { mode: deps.fresh ? 'compare' : 'replay', answers },
  });
  const found = { file, drifts: rerun.drifts, replayed: answers.length };
  if (rerun.digest === digest) {
    const from = answers.length === 0 ? '' : `, ${answers.length} answers of your services taken from it`;
    return { ...found, state: 'same', text: `run again, byte for byte (${digest.slice(0, 19)}…)${from}` };
  }
  const difference = firstDifference(text, rerun.journal ?? '');
  const [missing] = rerun.missing;
  if (missing === undefined) return { ...found, state: 'different', text: difference };
  return {
    ...found,
    state: 'unproven',
    text: `${missing}, and verify asks no service for what it has not recorded; until then ${difference}`,
  };
}

/** The answers that adapters gave: those of built-ins and modules are found again by running them. */
export function recordedAnswers(plan: Plan, lines: readonly JournalLine[]): readonly RecordedAnswer[] {
  const known = knownGuardrails();
  const adapters = new Set(
    plan.profile.guardrails.filter(({ use }) => known.get(use)?.kind === 'adapter').map(({ id }) => id),
  );
  return lines.flatMap(line =>
    line.type === 'guardrail-answered' && adapters.has(line.guardrail)
      ? [
          {
            guardrail: line.guardrail,
            about: line.about,
            subject: line.subject,
            answer: line.answer,
            countedAs: line.countedAs,
          },
        ]
      : [],
  );
}
