import { flattenSteps, isStop } from '../flatten-steps.ts';
import type { FilePath } from '../problem.ts';
import type { Step } from '../step-schema.ts';
import type { World } from '../world-schema.ts';
import { checkAction } from './check-action.ts';
import { checkStepOrder, type StepLimit } from './check-step-order.ts';
import { checkStepReferences } from './check-step-references.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** A list of steps with its fallbacks. */
export function checkSteps(
  report: Reporter,
  list: {
    readonly steps: readonly Step[];
    readonly path: FilePath;
    readonly world: World;
    readonly limit: StepLimit;
  },
  references: References,
): void {
  const flat = flattenSteps(list.steps, list.path);
  checkStepOrder(report, flat, list.limit);
  checkStepReferences(report, flat);
  for (const { step, path } of flat) {
    if (!isStop(step)) checkAction(report, { step, path, world: list.world }, references);
  }
}
