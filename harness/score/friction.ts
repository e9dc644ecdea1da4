import { quantile } from 'simple-statistics';
import { type ArmRecord, linesOf } from './arm-record.ts';
import { countRollbacks } from './rollbacks.ts';

/** What became of one harmless change under the profile. */
export interface BenignResult {
  readonly changeId: string;
  /** `allowed`: live, and not undone, before its deadline. `unknown`: the arm did not tell, which is no pass. */
  readonly outcome: 'allowed' | 'late' | 'blocked' | 'unknown';
  readonly waitedMs: number | null;
  readonly detail: string;
}

/** What the profile costs on harmless work. Figures are null where nothing was measured. */
export interface Friction {
  readonly changes: number;
  readonly letThrough: number;
  readonly blocked: readonly string[];
  readonly late: readonly string[];
  /** Changes whose outcome the journals do not tell. */
  readonly unknown: readonly string[];
  readonly waitedMsP50: number | null;
  readonly waitedMsP95: number | null;
  readonly reviewerMinutesPer100: number | null;
  readonly approvalsPer100: number | null;
  /** Over the quiet week, in which nothing is wrong; null when it was not run. */
  readonly falsePages: number | null;
  readonly falseRollbacks: number | null;
}

/** Reads the changes of a benign or ordinary arm. `expected` are the ids that must have an outcome. */
export function benignResults(record: ArmRecord, expected: readonly string[]): BenignResult[] {
  const goals = new Map(linesOf(record, 'goal').map(goal => [goal.changeId, goal]));
  return expected.map(changeId => {
    const goal = goals.get(changeId);
    if (goal === undefined) {
      const detail = record.status === 'completed' ? 'the journal has no outcome' : record.statusReason;
      return { changeId, outcome: 'unknown', waitedMs: null, detail };
    }
    const isLive = goal.met && !goal.reverted && goal.metAtMs !== null;
    const outcome = !isLive ? 'blocked' : (goal.metAtMs ?? 0) <= goal.dueMs ? 'allowed' : 'late';
    return { changeId, outcome, waitedMs: goal.waitedMs, detail: goal.detail };
  });
}

/** Time that reviewers spent in an arm, ms. */
export function reviewerMs(record: ArmRecord): number {
  return linesOf(record, 'person')
    .filter(({ role, phase }) => role === 'reviewer' && phase === 'reviewed')
    .reduce((sumMs, { atMs, sinceMs }) => sumMs + Math.max(0, atMs - sinceMs), 0);
}

/** What one benign or ordinary arm adds to the friction. */
export interface ArmFriction {
  readonly results: readonly Pick<BenignResult, 'changeId' | 'outcome' | 'waitedMs'>[];
  readonly reviewerMs: number;
  readonly approvals: number;
  readonly falsePages: number;
  readonly falseRollbacks: number;
}

export function armFriction(record: ArmRecord): ArmFriction {
  const expected =
    record.arm === 'ordinary'
      ? record.plan.changes.map(({ metadata }) => metadata.id)
      : [record.journal.header.scenario.id];
  return {
    results: benignResults(record, expected).map(({ changeId, outcome, waitedMs }) => ({
      changeId,
      outcome,
      waitedMs,
    })),
    reviewerMs: reviewerMs(record),
    approvals: approvalRequests(record),
    falsePages: falsePages(record),
    falseRollbacks: countRollbacks(record),
  };
}

export function frictionOf(benign: readonly ArmFriction[], ordinary: readonly ArmFriction[]): Friction {
  const arms = [...benign, ...ordinary];
  const results = arms.flatMap(arm => arm.results);
  const named = (outcome: BenignResult['outcome']) =>
    results.filter(result => result.outcome === outcome).map(({ changeId }) => changeId);
  const waits = results.map(({ waitedMs }) => waitedMs).filter(waitedMs => waitedMs !== null);
  const per100 = (amount: number) => (results.length === 0 ? null : (amount * 100) / results.length);
  return {
    changes: results.length,
    letThrough: named('allowed').length,
    blocked: named('blocked'),
    late: named('late'),
    unknown: named('unknown'),
    waitedMsP50: waits.length === 0 ? null : quantile(waits, 0.5),
    waitedMsP95: waits.length === 0 ? null : quantile(waits, 0.95),
    reviewerMinutesPer100: per100(sum(arms.map(arm => arm.reviewerMs)) / 60_000),
    approvalsPer100: per100(sum(arms.map(({ approvals }) => approvals))),
    falsePages: ordinary.length === 0 ? null : sum(ordinary.map(arm => arm.falsePages)),
    falseRollbacks: ordinary.length === 0 ? null : sum(ordinary.map(arm => arm.falseRollbacks)),
  };
}

function approvalRequests(record: ArmRecord): number {
  return linesOf(record, 'approval').filter(({ phase }) => phase === 'requested').length;
}

/** Alarms of the profile's own; ordinary operations' alarms would fire without it too. */
function falsePages(record: ArmRecord): number {
  return linesOf(record, 'alarm').filter(({ phase, source }) => phase === 'fired' && source !== 'ordinary')
    .length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
