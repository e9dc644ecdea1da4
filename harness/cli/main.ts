import { Command, CommanderError } from 'commander';
import type { CommandContext } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT_CODES, type ExitCodeName } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { codeOf, reportError } from './report-error.ts';
import { TOOL } from './tool.ts';

/** Runs one command line; returns the exit code. The only place that decides how the process ends. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = createOutput(process.stdout, process.stderr, process.env);
  let end: ExitCodeName = 'held';
  const context: CommandContext = {
    output,
    cwd: process.cwd(),
    endAs: name => {
      end = name;
    },
  };
  try {
    await createProgram(context).parseAsync([...argv], { from: 'user' });
    return codeOf(end);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : codeOf('invalid');
    return reportError(error, output);
  }
}

function createProgram(context: CommandContext): Command {
  const { output } = context;
  const program = new Command('brakecheck')
    .description(
      "Game days against AI agents' mistakes: replay one on a mock retail company, and\nmeasure from the outside whether the guardrails contain it.",
    )
    .version(TOOL.slice(TOOL.indexOf('/') + 1))
    .exitOverride()
    .showHelpAfterError('See --help for the options and an example.')
    .configureOutput({ writeOut: text => output.machine(text), writeErr: text => output.people(text) })
    .addHelpText('after', exitCodeHelp());
  for (const add of COMMANDS) add(program, context);
  return program;
}

function exitCodeHelp(): string {
  const lines = [...EXIT_CODES]
    .sort((a, b) => a.code - b.code)
    .map(({ code, name, when }) => `  ${String(code).padStart(3)}  ${name}: ${when}`);
  return `\nExit codes:\n${lines.join('\n')}`;
}
