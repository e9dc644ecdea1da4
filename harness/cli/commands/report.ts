import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import { REPORT_FORMATS, type ReportFormat } from '../report-formats.ts';

export const addReport: AddCommand = (program, context) => {
  program
    .command('report')
    .description('Render a report again from the journals, to standard output.')
    .argument('<dir>', 'folder of a run')
    .addOption(new Option('--format <format>', 'which report').choices(REPORT_FORMATS).default('md'))
    .addHelpText(
      'after',
      '\nExample:\n  brakecheck report reports/20260310-100000-1 --format junit > junit.xml',
    )
    .action(async (directory: string, options: { format: ReportFormat }) => {
      const { reportCommand } = await import('../score-command.ts');
      await reportCommand(directory, options.format, context);
    });
};
