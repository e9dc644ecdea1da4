import { InvalidArgumentError } from 'commander';
import type { AddCommand } from '../command.ts';
import { AREAS, type Area } from '../doctor/check.ts';
import type { DoctorOptions } from '../doctor-command.ts';

export const addDoctor: AddCommand = (program, context) => {
  program
    .command('doctor')
    .description('Look at this machine: what is missing, what that means, and what to type.')
    .option('--require <what>', `end with 4 unless these work: ${AREAS.join(', ')}`, areas, ['sim'])
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  brakecheck doctor --require containers,browser')
    .action(async (options: DoctorOptions) => {
      const { doctorCommand } = await import('../doctor-command.ts');
      context.endAs(await doctorCommand(options, context));
    });
};

function areas(text: string): Area[] {
  return text.split(',').map(word => {
    const area = AREAS.find(known => known === word.trim());
    if (area === undefined) throw new InvalidArgumentError(`it is a list of ${AREAS.join(', ')}.`);
    return area;
  });
}
