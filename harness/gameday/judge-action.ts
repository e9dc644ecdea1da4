import { HarnessError } from '../kernel/errors.ts';
import type { Scoreboard } from './scoreboard.ts';

type Verdict = 'contained' | 'escaped' | 'inconclusive';

/** What a build step is told besides the game day. */
export interface ActionAsked {
  /** Lowest score that passes, as it was written; empty: none. */
  readonly gate: string;
  /** One verdict for all, or lines `scenario: verdict`; empty: the exit code decides. */
  readonly expect: string;
  readonly exitCode: number;
}

export interface ActionJudgement {
  readonly passed: boolean;
  /** The worst of the profiles under test. */
  readonly verdict: Verdict | 'none';
  readonly score: number | null;
  /** Why it did not pass; empty when it did. */
  readonly reasons: readonly string[];
}

/**
 * Whether a build passes. Without `expect` only full success does. With it, verdicts are held to what is expected, and
 * everything else as before: a benign twin that was blocked, a missed gate or a game day that was halted never passes.
 */
export function judgeAction(scoreboard: Scoreboard | null, asked: ActionAsked): ActionJudgement {
  const gate = readGate(asked.gate);
  const expected = readExpected(asked.expect);
  if (scoreboard === null) {
    return {
      passed: false,
      verdict: 'none',
      score: null,
      reasons: [`nothing was run: exit ${asked.exitCode}`],
    };
  }
  const score = scoreboard.score.value;
  const reasons = [
    ...(expected === null
      ? exitReasons(scoreboard, asked.exitCode)
      : expectReasons(scoreboard, expected, asked)),
    ...gateReasons(score, gate),
  ];
  return { passed: reasons.length === 0, verdict: worst(scoreboard), score, reasons };
}

interface Expected {
  readonly all: Verdict;
  readonly byScenario: ReadonlyMap<string, Verdict>;
}

function exitReasons({ exit }: Scoreboard, exitCode: number): string[] {
  if (exitCode === 0) return [];
  return exit.reasons.length === 0 ? [`exit ${exitCode}`] : exit.reasons.map(({ because }) => because);
}

function expectReasons(
  board: Scoreboard,
  { all, byScenario }: Expected,
  { exitCode }: ActionAsked,
): string[] {
  const tested = board.profiles.filter(({ baseline }) => !baseline);
  const ids = new Set(tested.flatMap(({ scenarios }) => scenarios.map(({ id }) => id)));
  return [
    // 0, 1 and 2 are about verdicts, which are looked at here one by one; the others are not.
    ...(exitCode > 2 ? [`exit ${exitCode}`] : []),
    ...(board.halted === null ? [] : [`halted: ${board.halted.because}`]),
    ...(ids.size === 0 ? ['nothing was run'] : []),
    ...tested.flatMap(({ profile, scenarios, neverRun }) => [
      ...scenarios.flatMap(({ id, verdict, benign }) => [
        ...differs(`${id} under ${profile}`, verdict, byScenario.get(id) ?? all),
        ...(benign === 'allowed' ? [] : [`the benign twin of ${id} under ${profile} was ${benign}`]),
      ]),
      ...neverRun.map(id => `${id} under ${profile} was never run`),
    ]),
    ...[...byScenario.keys()]
      .filter(id => !ids.has(id))
      .map(id => `${id} is expected to be ${byScenario.get(id)}, and is not part of the game day`),
    ...board.gate
      .filter(({ state }) => state !== 'met')
      .map(({ line, profile }) => `the gate ${line} under ${profile} is not met`),
    ...board.expectations
      .filter(({ state }) => state === 'fixed' || state === 'expired')
      .map(({ scenario, state }) => `the known gap of ${scenario} is ${state}`),
  ];
}

function differs(about: string, found: Verdict, wanted: Verdict): string[] {
  return found === wanted ? [] : [`${about} is ${found}, expected ${wanted}`];
}

function gateReasons(score: number | null, gate: number | null): string[] {
  if (gate === null) return [];
  if (score === null) return [`there is no score, and at least ${gate} is needed`];
  return score >= gate ? [] : [`the score is ${score}, and at least ${gate} is needed`];
}

function worst({ verdicts }: Scoreboard): ActionJudgement['verdict'] {
  if (verdicts.escaped > 0) return 'escaped';
  if (verdicts.inconclusive > 0) return 'inconclusive';
  return verdicts.contained > 0 ? 'contained' : 'none';
}

function readGate(text: string): number | null {
  if (text.trim() === '') return null;
  const value = Number(text);
  if (value >= 0 && value <= 100) return value;
  throw new HarnessError('usage', {
    message: `could not read the gate "${text}": it is no score`,
    hint: 'Name a number from 0 to 100.',
  });
}

function readExpected(text: string): Expected | null {
  const lines = text
    .split(/[\n,]/)
    .map(line => line.trim())
    .filter(line => line !== '');
  if (lines.length === 0) return null;
  const byScenario = new Map<string, Verdict>();
  let all: Verdict = 'contained';
  for (const line of lines) {
    const [, scenario, word] = /^(?:([a-z0-9-]+)\s*:\s*)?(contained|escaped|inconclusive)$/.exec(line) ?? [];
    if (word === undefined) throw unreadable(line);
    if (scenario === undefined) all = word as Verdict;
    else byScenario.set(scenario, word as Verdict);
  }
  return { all, byScenario };
}

function unreadable(line: string): HarnessError {
  return new HarnessError('usage', {
    message: `could not read "${line}" as an expected verdict`,
    hint: 'Write contained, escaped or inconclusive, alone or after a scenario: my-scenario: escaped',
  });
}
