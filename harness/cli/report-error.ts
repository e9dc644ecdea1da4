import { type ErrorKind, HarnessError, messageOf } from '../kernel/errors.ts';
import { EXIT_CODES, type ExitCodeName } from './exit-codes.ts';
import type { Output } from './output.ts';

const EXIT_BY_KIND: Readonly<Record<ErrorKind, ExitCodeName>> = {
  usage: 'invalid',
  file: 'invalid',
  environment: 'environment',
  bug: 'environment',
};

/** Tells people what went wrong and returns the exit code. A stack trace is shown for a bug of ours alone. */
export function reportError(error: unknown, output: Output): number {
  const isBug = !(error instanceof HarnessError) || error.kind === 'bug';
  const name = error instanceof HarnessError ? EXIT_BY_KIND[error.kind] : 'environment';
  output.people(`brakecheck: ${messageOf(error)}\n`);
  if (error instanceof HarnessError && error.hint !== undefined) output.people(`  ${error.hint}\n`);
  if (isBug) {
    output.people(
      '  This is a fault of brakecheck itself. Please report it with the command, the seed and the lines below.\n',
    );
    if (error instanceof Error && error.stack !== undefined) output.people(`${error.stack}\n`);
  }
  output.people(`exit ${codeOf(name)} (${name})\n`);
  return codeOf(name);
}

export function codeOf(name: ExitCodeName): number {
  return EXIT_CODES.find(exit => exit.name === name)?.code ?? 4;
}
