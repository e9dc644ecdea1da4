import type { AddCommand } from '../command.ts';

export const addSchema: AddCommand = (program, context) => {
  program
    .command('schema')
    .description('Print the JSON Schema of a kind of file, for editors.')
    .argument('[kind]', 'Scenario, Profile, World, OrdinaryChange or Map', 'Scenario')
    .addHelpText('after', '\nExample:\n  brakecheck schema Profile > profile.schema.json')
    .action(async (kind: string) => {
      const { schemaCommand } = await import('../authoring-commands.ts');
      schemaCommand(kind, context);
    });
};
