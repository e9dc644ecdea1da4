import { appendFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { Output } from './output.ts';

/** What GitHub takes of one step's summary; of more it shows nothing at all. */
const MOST_BYTES = 1024 * 1024;

/**
 * Appends a report to a file that others write to as well, such as that of `$GITHUB_STEP_SUMMARY`. Where the file would
 * grow beyond what is shown, it stays as it is and people are told.
 */
export function appendSummary(
  path: string,
  markdown: string,
  { cwd, output }: { readonly cwd: string; readonly output: Output },
): void {
  const file = resolve(cwd, path);
  try {
    const sizeBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const before = sizeBytes === 0 ? '' : '\n';
    if (sizeBytes + Buffer.byteLength(before + markdown) > MOST_BYTES) {
      output.people(`no room for the report in ${path}: with it, the file would be larger than 1 MiB\n`);
      return;
    }
    appendFileSync(file, before + markdown);
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not append the report to ${path}: ${messageOf(error)}`,
      hint: 'The results are written; name a file that can be written to with --summary.',
      cause: error,
    });
  }
}
