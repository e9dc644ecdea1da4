import { readJournal } from '../journal/reader.ts';
import { digestOf } from '../kernel/digest.ts';
import { armRecord } from './arm-record.ts';
import type { Rerun } from './attribution.ts';
import { type ExitName, exitReasons } from './exit-reasons.ts';
import { type ScoredScenario, scoreOf } from './formula.ts';
import { type ArmFriction, armFriction, frictionOf } from './friction.ts';
import { byText } from './place.ts';
import { createScenarioTally, type ScenarioTally } from './scenario-tally.ts';
import { SCORECARD_SCHEMA, type ScenarioScore, type Scorecard } from './scorecard.ts';
import { belongsTo, seedArms } from './seed-arms.ts';
import { seedRecord } from './seed-record.ts';
import { questionOf, suiteHash } from './suite-hash.ts';

/** A journal's whole text; `file` is what the scorecard calls it. */
export interface JournalText {
  readonly file: string;
  readonly text: string;
}

/** What a scorecard needs to know besides the journals. */
export interface ScorecardFacts {
  readonly runId: string;
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

/**
 * A scorecard while its journals come in, so that no more than one seed's journals are ever in memory. The order in
 * which groups are added, and so the number of workers, does not matter.
 */
export interface ScorecardTally {
  /** All arms of one scenario at one seed, or one ordinary arm. `index`: the group's place among all, from 0. */
  add(index: number, journals: readonly JournalText[]): void;
  /** What has been added so far; may be asked for again, with other facts. */
  scorecard(facts: ScorecardFacts): Scorecard;
}

/** What is kept of a group besides its scenario's tally. */
interface GroupFacts {
  readonly seed: string;
  readonly stack: string;
  readonly questions: readonly string[];
  readonly benign: readonly ArmFriction[];
  readonly ordinary: readonly ArmFriction[];
}

/** Only arms of `profile` are scored, besides the calm and unguarded ones. */
export function createScorecardTally(profile: string): ScorecardTally {
  const groups = new Map<number, GroupFacts>();
  const scenarios = new Map<string, ScenarioTally>();
  return {
    add: (index, journals) => {
      const records = journals
        .map(({ file, text }) =>
          armRecord({ file, digest: digestOf(text), journal: readJournal(text, file) }),
        )
        .filter(record => belongsTo(record, profile));
      const [first] = records;
      if (first === undefined) return;
      const { seed, stack, scenario } = first.journal.header;
      const ofArm = (arm: string) => records.filter(record => record.arm === arm).map(armFriction);
      groups.set(index, {
        ...{ seed, stack },
        questions: [...new Set(records.map(questionOf))],
        benign: ofArm('benign'),
        ordinary: ofArm('ordinary'),
      });
      const arms = seedArms(
        seed,
        records.filter(({ arm }) => arm !== 'ordinary'),
      );
      if (Object.keys(arms.arms).length === 0) return;
      const tally = scenarios.get(scenario.id) ?? createScenarioTally();
      scenarios.set(scenario.id, tally);
      tally.add(index, seedRecord(scenario.id, arms));
    },
    scorecard: facts => scorecardOf(facts, { profile, groups: inOrder(groups), scenarios }),
  };
}

interface Tallied {
  readonly profile: string;
  readonly groups: readonly GroupFacts[];
  readonly scenarios: ReadonlyMap<string, ScenarioTally>;
}

function scorecardOf(facts: ScorecardFacts, { profile, groups, scenarios: tallies }: Tallied): Scorecard {
  const scenarios = [...tallies]
    .sort(([a], [b]) => byText(a, b))
    .map(([id, tally]) => tally.score(facts.reruns.filter(({ scenario }) => scenario === id)));
  const friction = frictionOf(
    groups.flatMap(({ benign }) => benign),
    groups.flatMap(({ ordinary }) => ordinary),
  );
  const score = scoreOf({
    scenarios: scenarios.map(scoredScenario),
    changes: { known: friction.changes - friction.unknown.length, letThrough: friction.letThrough },
  });
  const neverRun = facts.planned.filter(id => !tallies.has(id)).sort(byText);
  const reasons = exitReasons({
    ...facts,
    scenarios: scenarios.map(exitFact),
    neverRun,
    score: score.value,
  });
  const { code, name } = facts.worstOf(reasons.map(reason => reason.name));
  const seeds = [...new Set(groups.map(({ seed }) => seed))];
  return {
    schema: SCORECARD_SCHEMA,
    runId: facts.runId,
    stack: groups[0]?.stack ?? 'none',
    seed: seeds[0] ?? '',
    seeds,
    profile,
    suiteHash: suiteHash(groups.flatMap(({ questions }) => questions)),
    scenarios,
    neverRun,
    friction,
    score,
    exit: { code, name, reasons },
    note: noteOf(scenarios),
  };
}

/** What the formula reads of a scenario's score. */
export function scoredScenario({ verdict, containmentRatio, arms }: ScenarioScore): ScoredScenario {
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

function inOrder<Value>(byIndex: ReadonlyMap<number, Value>): Value[] {
  return [...byIndex].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** What a verdict is worth, and on how many routes it rests. */
export function noteOf(scenarios: readonly ScenarioScore[]): string {
  const routes = scenarios.flatMap(scenario => scenario.routes);
  const tried = routes.filter(({ state }) => state !== 'not-tried').length;
  return `This concerns the mock company and the ${tried} of ${routes.length} known routes that were tried. It certifies no production.`;
}
