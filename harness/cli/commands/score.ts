import type { AddCommand } from '../command.ts';

export const addScore: AddCommand = (program, context) => {
  program
    .command('score')
    .description('Score saved journals again, and write the reports anew.')
    .argument('<dir>', 'folder of a run')
    .option('--json', 'print the scorecard as JSON to standard output')
    .addHelpText('after', '\nExample:\n  brakecheck score reports/20260310-100000-1')
    .action(async (directory: string, options: { json?: boolean }) => {
      const { scoreCommand } = await import('../score-command.ts');
      context.endAs(await scoreCommand(directory, options.json === true, context));
    });
};
