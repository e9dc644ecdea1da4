import type { AddCommand } from '../command.ts';

export const addVerify: AddCommand = (program, context) => {
  program
    .command('verify')
    .description('Run it again from what the journals say, and compare byte for byte.')
    .argument('<dir>', 'folder of a run')
    .option('--fresh', 'ask your own services again, and tell which answers differ from the recorded ones')
    .addHelpText('after', '\nExample:\n  brakecheck verify reports/20260310-100000-1')
    .action(async (directory: string, options: { fresh?: boolean }) => {
      const { verifyCommand } = await import('../verify-command.ts');
      context.endAs(await verifyCommand(directory, options, context));
    });
};
