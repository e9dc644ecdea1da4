import { InvalidArgumentError } from 'commander';
import type { AddCommand } from '../command.ts';

/** A search that nobody bounds takes a quarter of an hour at most on two cores. */
const DEFAULT_MOST = 120;
const LARGEST_MOST = 10_000;

export const addAdvise: AddCommand = (program, context) => {
  program
    .command('advise')
    .description('For what escaped: the smallest changes to the profile that flip the verdict, by re-run.')
    .argument('<dir>', 'folder of a run')
    .option('--scenario <id>', 'only this scenario')
    .option('--most <n>', 'most sets of changes that are tried for a scenario', most, DEFAULT_MOST)
    .option('--json', 'print the advice as JSON to standard output')
    .addHelpText('after', HELP)
    .action(async (directory: string, options: { scenario?: string; most: number; json?: boolean }) => {
      const { adviseCommand } = await import('../advise-command.ts');
      context.endAs(await adviseCommand(directory, options, context));
    });
};

const HELP = `
Every guardrail that is not in the profile is added, every door, actor and option is
tightened; first one change at a time, then pairs, then all at once, reduced to what is
needed. What is found is run again to its end, with harmless work beside it, and kept
in the run's folder: advice.json, and profiles to test in advice/.

Ends as 0 when every escape has a change that lets harmless work through, as 1 when one
has none, as 2 when nothing could be judged.

Example:
  brakecheck advise reports/20260310-100000-1`;

function most(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= LARGEST_MOST) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LARGEST_MOST}.`);
}
