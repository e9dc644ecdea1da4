import { readJournal } from '../journal/reader.ts';
import { digestOf } from '../kernel/digest.ts';
import { type ArmRecord, armRecord } from './arm-record.ts';
import type { Rerun } from './attribution.ts';
import { type ExitName, exitReasons } from './exit-reasons.ts';
import { type ScoredScenario, scoreOf } from './formula.ts';
import { frictionOf } from './friction.ts';
import { byText } from './place.ts';
import { scoreScenario } from './score-scenario.ts';
import { scoreSeed } from './score-seed.ts';
import { SCORECARD_SCHEMA, type ScenarioScore, type Scorecard } from './scorecard.ts';
import { belongsTo, groupBySeed } from './seed-arms.ts';
import { suiteHash } from './suite-hash.ts';

export interface ScorecardInput {
  readonly runId: string;
  /** Only arms of this profile are scored, besides the calm and unguarded ones. */
  readonly profile: string;
  /** The journals of all arms and seeds, in any order of arms; `file` is what the scorecard calls them. */
  readonly journals: readonly { readonly file: string; readonly text: string }[];
  /** Scenarios that should have been run; those without a journal are listed as never run. */
  readonly planned: readonly string[];
  readonly reruns: readonly Rerun[];
  /** A score under this is a weakness; null: no gate. */
  readonly failUnder: number | null;
  readonly isClean: boolean;
  readonly isInterrupted: boolean;
  /** The table of exit codes (`cli/exit-codes.ts`): the worst of the names. */
  readonly worstOf: (names: readonly ExitName[]) => { readonly code: number; readonly name: string };
}

/** Scores journals, and nothing but journals: the same texts always give the same scorecard. */
export function buildScorecard(input: ScorecardInput): Scorecard {
  const records = input.journals
    .map(({ file, text }) => armRecord({ file, digest: digestOf(text), journal: readJournal(text, file) }))
    .filter(record => belongsTo(record, input.profile));
  const groups = groupBySeed(records, input.profile);
  const scenarios = [...groups].flatMap(([id, seeds]) => {
    const [first, ...others] = seeds.map(scoreSeed);
    const reruns = input.reruns.filter(rerun => rerun.scenario === id);
    return first === undefined ? [] : [scoreScenario(id, [first, ...others], reruns)];
  });
  const friction = frictionOf(ofArm(records, 'benign'), ofArm(records, 'ordinary'));
  const score = scoreOf({
    scenarios: scenarios.map(scored),
    changes: { known: friction.changes - friction.unknown.length, letThrough: friction.letThrough },
  });
  const neverRun = input.planned.filter(id => !groups.has(id)).sort(byText);
  const reasons = exitReasons({
    ...input,
    scenarios: scenarios.map(exitFact),
    neverRun,
    score: score.value,
  });
  const seeds = [...new Set(records.map(({ journal }) => journal.header.seed))];
  return {
    schema: SCORECARD_SCHEMA,
    runId: input.runId,
    stack: records[0]?.journal.header.stack ?? 'none',
    seed: seeds[0] ?? '',
    seeds,
    profile: input.profile,
    suiteHash: suiteHash(records),
    scenarios,
    neverRun,
    friction,
    score,
    exit: {
      ...exitOf(
        input,
        reasons.map(({ name }) => name),
      ),
      reasons,
    },
    note: noteOf(scenarios),
  };
}

function ofArm(records: readonly ArmRecord[], arm: ArmRecord['arm']): ArmRecord[] {
  return records.filter(record => record.arm === arm);
}

function scored({ verdict, containmentRatio, arms }: ScenarioScore): ScoredScenario {
  return {
    verdict,
    containmentRatio,
    unguardedSeverity: arms.unguarded?.severity ?? null,
    guardedSeverity: arms.guarded?.severity ?? null,
  };
}

function exitFact({ id, verdict, reason, arms }: ScenarioScore) {
  return { id, verdict, reason, benignOutcome: arms.benign?.outcome ?? ('unknown' as const) };
}

function exitOf(input: ScorecardInput, names: readonly ExitName[]): { code: number; name: string } {
  const { code, name } = input.worstOf(names);
  return { code, name };
}

function noteOf(scenarios: readonly ScenarioScore[]): string {
  const routes = scenarios.flatMap(scenario => scenario.routes);
  const tried = routes.filter(({ state }) => state !== 'not-tried').length;
  return `This concerns the mock company and the ${tried} of ${routes.length} known routes that were tried. It certifies no production.`;
}
