import { InvalidArgumentError } from 'commander';

export const SUMMARY_HELP = 'append the Markdown report to this file, such as "$GITHUB_STEP_SUMMARY"';

/** A variable of the environment that is not set makes an empty name, which is no file. */
export function summaryFile(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('a file is needed; the name given is empty.');
  return text;
}
