import type { CleanOptions } from '../clean-command.ts';
import type { AddCommand } from '../command.ts';

export const addClean: AddCommand = (program, context) => {
  program
    .command('clean')
    .description('Remove what runs that died left: containers, networks, volumes, folders for passing files.')
    .option('--all', 'also what belongs to runs that are still going, or to another machine')
    .option('--images', 'also the images that `brakecheck images` built')
    .option('--reports', 'also the folders of finished runs under reports/')
    .option('--dry-run', 'say what would be removed, and remove nothing')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  brakecheck clean --dry-run')
    .action(async (options: CleanOptions) => {
      const { cleanCommand } = await import('../clean-command.ts');
      context.endAs(await cleanCommand(options, context));
    });
};
