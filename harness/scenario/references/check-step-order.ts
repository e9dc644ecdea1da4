import { formatDuration } from '../../kernel/duration.ts';
import { type FlatStep, isStop } from '../flatten-steps.ts';
import type { FilePath, Finding } from '../problem.ts';
import type { Step } from '../step-schema.ts';
import type { Reporter } from './reporter.ts';

/** The time, counted like `at`, before which a step must start, and what it is. */
export interface StepLimit {
  readonly beforeMs: number;
  readonly name: string;
}

/** Ids are unique; a step starts once, after a step above it or at a time before the end. */
export function checkStepOrder(report: Reporter, flat: readonly FlatStep[], limit: StepLimit): void {
  const seen = new Map<string, FlatStep>();
  for (const entry of flat) {
    const first = seen.get(entry.step.id);
    if (first === undefined) seen.set(entry.step.id, entry);
    else report.value([...entry.path, 'id'], repeated(entry.step.id, report, first.path));
  }
  const top = flat.filter(entry => !entry.isFallback);
  for (const entry of flat) if (!isStop(entry.step)) checkStart(report, entry, top, limit);
}

function checkStart(report: Reporter, entry: FlatStep, top: readonly FlatStep[], limit: StepLimit): void {
  const step = entry.step as Step;
  if (entry.isFallback) {
    for (const key of ['at', 'after'] as const)
      if (step[key] !== undefined) report.key([...entry.path, key], FALLBACK);
    return;
  }
  if (step.at !== undefined && step.after !== undefined) report.key([...entry.path, 'after'], BOTH);
  if (step.at !== undefined && step.at >= limit.beforeMs) {
    report.value([...entry.path, 'at'], {
      code: 'out-of-range',
      task: 'start the step at this time',
      found: formatDuration(step.at),
      expected: `a time before ${limit.name}, ${formatDuration(limit.beforeMs)}`,
    });
  }
  if (step.after !== undefined) checkAfter(report, [...entry.path, 'after'], step, top);
}

function checkAfter(report: Reporter, path: FilePath, step: Step, top: readonly FlatStep[]): void {
  const after = step.after as string;
  const ids = top.map(entry => entry.step.id);
  const others = ids.filter(id => id !== step.id);
  if (after === step.id) {
    report.value(path, { code: 'conflict', task: `start "${step.id}" after itself`, legal: others });
    return;
  }
  if (!report.name(path, { noun: 'step', word: after, legal: others })) return;
  if (ids.indexOf(after) < ids.indexOf(step.id)) return;
  const circle = circleFrom(step, top);
  report.value(path, {
    code: 'conflict',
    task: `start "${step.id}" after "${after}"`,
    hint:
      circle === null
        ? `"${after}" stands below it; write the step that comes first above the other`
        : `they wait for one another: ${circle.join(' after ')}`,
  });
}

/** The ids from a step back to itself along `after`; null when the way ends elsewhere. */
function circleFrom(step: Step, top: readonly FlatStep[]): readonly string[] | null {
  const byId = new Map(top.map(entry => [entry.step.id, entry.step as Step]));
  const way = [step.id];
  let next = step.after;
  while (next !== undefined && way.length <= top.length) {
    way.push(next);
    if (next === step.id) return way;
    next = byId.get(next)?.after;
  }
  return null;
}

function repeated(id: string, report: Reporter, first: FilePath): Finding {
  const { line } = report.tree.atValue([...first, 'id'], { code: 'conflict', task: '' });
  return {
    code: 'conflict',
    task: `call a second step "${id}"`,
    found: `that id on line ${line} already`,
    hint: 'ids are unique in a list of steps, fallbacks included',
  };
}

const FALLBACK: Finding = {
  code: 'conflict',
  task: 'give a fallback a start of its own',
  hint: 'it starts when the step above it was denied',
};

const BOTH: Finding = {
  code: 'conflict',
  task: 'start a step both at a time and after another',
  hint: 'keep one of "at" and "after"',
};
