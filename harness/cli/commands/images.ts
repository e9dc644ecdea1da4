import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { ImagesOptions } from '../images-command.ts';

export const addImages: AddCommand = (program, context) => {
  program
    .command('images')
    .description('Build the images of the containers stack, where they are missing or their sources changed.')
    .addOption(
      new Option('--base <from>', 'public images of a registry, or Debian packages where none answers')
        .choices(['auto', 'registry', 'debian'])
        .default('auto'),
    )
    .option('--rebuild', 'build them again, also when nothing changed')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  brakecheck images --base debian')
    .action(async (options: ImagesOptions) => {
      const { imagesCommand } = await import('../images-command.ts');
      await imagesCommand(options, context);
    });
};
