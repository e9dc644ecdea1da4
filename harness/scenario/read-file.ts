import { messageOf } from '../kernel/errors.ts';
import type { FileReader } from './file-reader.ts';
import { InvalidFileError } from './invalid-file-error.ts';
import { LIMITS } from './limits.ts';
import { printable } from './printable.ts';
import { type Finding, makeProblem } from './problem.ts';
import { tooLarge } from './source-text.ts';

/** A file's bytes. Its size is looked at first, so that nothing huge is read. Throws an `InvalidFileError`. */
export function readFile(reader: FileReader, file: string): Uint8Array {
  const fail = (finding: Finding) =>
    new InvalidFileError([
      makeProblem({ file, line: 1, column: 1, path: [], excerpt: '', excerptOffset: 0 }, finding),
    ]);
  let stat: ReturnType<FileReader['stat']>;
  try {
    stat = reader.stat(file);
  } catch (thrown) {
    throw fail(unreadable(printable(messageOf(thrown), 200)));
  }
  if (stat === null) throw fail(unreadable('there is no such file'));
  if (!stat.isFile) throw fail(unreadable('it is no file'));
  if (stat.sizeBytes > LIMITS.fileBytes) throw fail(tooLarge(stat.sizeBytes));
  try {
    return reader.read(file);
  } catch (thrown) {
    throw fail(unreadable(printable(messageOf(thrown), 200)));
  }
}

function unreadable(hint: string): Finding {
  return { code: 'unreadable', task: 'read the file', hint };
}
