import type { Command } from 'commander';
import type { ExitCodeName } from './exit-codes.ts';
import type { Output } from './output.ts';

/** What a command is given besides its arguments. */
export interface CommandContext {
  readonly output: Output;
  readonly cwd: string;
  /** Sets how the process will end, when that is not full success. */
  readonly endAs: (name: ExitCodeName) => void;
}

/** Adds one verb to the program. Its work is imported only when it is called, so that `--help` stays quick. */
export type AddCommand = (program: Command, context: CommandContext) => void;
