import type { AddCommand } from '../command.ts';

export const addValidate: AddCommand = (program, context) => {
  program
    .command('validate')
    .description('Check files: every problem at once, with its place and what would be legal.')
    .argument('[file...]', 'files to check; left out, all that the project has')
    .addHelpText('after', '\nExample:\n  brakecheck validate my-incident.yaml')
    .action(async (files: string[]) => {
      const { validateCommand } = await import('../authoring-commands.ts');
      await validateCommand(files, context);
    });
};
