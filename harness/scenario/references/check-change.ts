import { formatDuration } from '../../kernel/duration.ts';
import type { LoadedFile } from '../load-file.ts';
import { checkAgent, checkGoal } from './check-actors.ts';
import { checkBenignNamesNoGuardrail } from './check-benign.ts';
import { checkSteps } from './check-steps.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** Length of the quiet week in which ordinary changes are made. */
const QUIET_WEEK_MS = 7 * 86_400_000;

/** An ordinary change against the default world. */
export function checkChange(
  report: Reporter,
  change: LoadedFile<'OrdinaryChange'>,
  references: References,
): void {
  const { value } = change;
  const world = references.world.value;
  checkAgent(report, ['agent'], value.agent, world);
  checkGoal(report, ['goal'], value.goal, { world, references });
  if (value.at + value.deadline > QUIET_WEEK_MS) {
    report.value(['deadline'], {
      code: 'out-of-range',
      task: 'use the deadline',
      found: `${formatDuration(value.at)} + ${formatDuration(value.deadline)}`,
      expected: 'an end within the quiet week of 7d',
    });
  }
  const limit = { beforeMs: value.deadline, name: 'the deadline' };
  checkSteps(report, { steps: value.steps, path: ['steps'], world, limit }, references);
  checkBenignNamesNoGuardrail(report, [], references.guardrails.keys());
}
