import { InvalidArgumentError, Option } from 'commander';
import { ARMS, type Arm } from '../../journal/events.ts';
import { parseDurationMs } from '../../kernel/duration.ts';
import { LEAST_WIDTH, MOST_WIDTH } from '../../review/print/page.ts';
import { PRINTED_VIEWS, type PrintedView } from '../../review/print/views.ts';
import type { AddCommand } from '../command.ts';

interface Given {
  readonly print?: PrintedView;
  readonly against?: string;
  readonly width?: number;
  readonly scenario?: string;
  readonly arm?: Arm;
  readonly at?: number;
}

export const addReview: AddCommand = (program, context) => {
  program
    .command('review')
    .description(
      'Look at a run: what was done, what held, who was hurt, what to change. Without a folder: all runs.',
    )
    .argument('[dir]', 'folder of a run')
    .addOption(new Option('--print <view>', 'print one view as plain text').choices(PRINTED_VIEWS))
    .option(
      '--against <dir>',
      'with --print compare: the earlier run; without it, the arms with and without guardrails are compared',
    )
    .option('--scenario <id>', 'only this scenario')
    .addOption(new Option('--arm <arm>', 'only this arm (timeline, blast-radius)').choices(ARMS))
    .option(
      '--at <time>',
      'with --print blast-radius: world time since the start of the arm, such as 90m; without it, the worst',
      worldTime,
    )
    .option(
      '--width <columns>',
      `columns of the text, ${LEAST_WIDTH} to ${MOST_WIDTH} (default: 80)`,
      columns,
    )
    .addHelpText(
      'after',
      '\nOn a terminal it is a full screen (? shows the keys); elsewhere, and with --print or --width, it is text.\n' +
        '\nExample:\n  brakecheck review\n  brakecheck review reports/20260310-100000-1 --print timeline --width 120',
    )
    .action(async (directory: string | undefined, options: Given) => {
      const { reviewCommand } = await import('../review-command.ts');
      await reviewCommand(directory, options, context);
    });
};

function columns(text: string): number {
  const width = Number(text);
  if (Number.isInteger(width) && width >= LEAST_WIDTH && width <= MOST_WIDTH) return width;
  throw new InvalidArgumentError(`It must be a whole number from ${LEAST_WIDTH} to ${MOST_WIDTH}.`);
}

function worldTime(text: string): number {
  const atMs = parseDurationMs(text);
  if (atMs !== null) return atMs;
  throw new InvalidArgumentError('It must be a duration such as 90m or 6h30m.');
}
