import type { FilePath } from './problem.ts';
import type { Step, Stop } from './step-schema.ts';

/** A step or stop of a list with its fallbacks, in the order of the file. */
export interface FlatStep {
  readonly step: Step | Stop;
  readonly path: FilePath;
  readonly isFallback: boolean;
}

export function flattenSteps(
  steps: readonly (Step | Stop)[],
  path: FilePath,
  isFallback = false,
): readonly FlatStep[] {
  return steps.flatMap((step, index): readonly FlatStep[] => {
    const here = { step, path: [...path, index], isFallback };
    if ('stop' in step) return [here];
    return [here, ...flattenSteps(step.whenDenied, [...here.path, 'whenDenied'], true)];
  });
}

export function isStop(step: Step | Stop): step is Stop {
  return 'stop' in step;
}
