import type { AddCommand } from '../command.ts';

export const addVerify: AddCommand = (program, context) => {
  program
    .command('verify')
    .description('Run it again from what the journals say, and compare byte for byte.')
    .argument('<dir>', 'folder of a run')
    .addHelpText('after', '\nExample:\n  brakecheck verify reports/20260310-100000-1')
    .action(async (directory: string) => {
      const { verifyCommand } = await import('../verify-command.ts');
      context.endAs(await verifyCommand(directory, context));
    });
};
