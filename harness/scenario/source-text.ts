import { isUtf8 } from 'node:buffer';
import { LIMITS } from './limits.ts';
import { printable } from './printable.ts';
import { type FilePath, type Finding, makeProblem, type Problem } from './problem.ts';

/** A file's text, and where each line of it begins. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** The problem of `finding` at a character offset. */
  problemAt(offset: number, path: FilePath, finding: Finding): Problem;
}

/** Reads UTF-8; a byte order mark and Windows line ends are accepted. Gives the one problem when it is no text. */
export function readSourceText(file: string, bytes: Uint8Array): SourceText | Problem {
  const nowhere = { file, line: 1, column: 1, path: [], excerpt: '', excerptOffset: 0 };
  if (bytes.length > LIMITS.fileBytes) return makeProblem(nowhere, tooLarge(bytes.length));
  if (!isUtf8(bytes)) {
    return makeProblem({ ...nowhere, line: firstBrokenLine(bytes) }, notUtf8(bytes));
  }
  const source = createSourceText(file, new TextDecoder('utf-8').decode(bytes));
  const control = /(?![\t\n\r])\p{Cc}/u.exec(source.text);
  if (control !== null) return source.problemAt(control.index, [], controlCharacter(control[0]));
  if (isBlank(source.text)) {
    return source.problemAt(0, [], EMPTY);
  }
  return source;
}

/** The finding for a file of this size, which is too large to read. */
export function tooLarge(sizeBytes: number): Finding {
  return {
    code: 'too-large',
    task: 'read the file',
    found: `${sizeBytes} bytes`,
    expected: `at most ${LIMITS.fileBytes}`,
    hint: 'split it, or check that it is the right file',
  };
}

function createSourceText(file: string, text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return {
    file,
    text,
    problemAt: (offset, path, finding) =>
      makeProblem({ file, path, ...placeOf(text, lineStarts, offset) }, finding),
  };
}

function placeOf(text: string, lineStarts: readonly number[], offset: number) {
  // The end of the file is told at the end of what is written, not on an empty last line.
  const within = Math.max(0, Math.min(offset, text.trimEnd().length));
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= within) low = middle;
    else high = middle - 1;
  }
  const start = lineStarts[low] as number;
  const end = lineStarts[low + 1] ?? text.length + 1;
  const line = text.slice(start, end - 1).trimEnd();
  return { line: low + 1, column: within - start + 1, ...excerptOf(line, within - start) };
}

const EXCERPT_LENGTH = 100;

/** The line, or the part of a long one around `at`. */
function excerptOf(line: string, at: number) {
  const from = at < EXCERPT_LENGTH - 10 ? 0 : at - EXCERPT_LENGTH / 2;
  // A tab is one column of the file and would be several on the screen, so it is shown as one blank.
  const show = (text: string) => printable(text.replaceAll('\t', ' '), Number.POSITIVE_INFINITY);
  const before = `${from > 0 ? '…' : ''}${show(line.slice(from, at))}`;
  const after = line.slice(at, from + EXCERPT_LENGTH);
  const rest = `${show(after)}${from + EXCERPT_LENGTH < line.length ? '…' : ''}`;
  return { excerpt: `${before}${rest}`, excerptOffset: before.length };
}

function isBlank(text: string): boolean {
  return text.split('\n').every(line => /^\s*(#.*)?$/.test(line) || /^(---|\.\.\.)\s*$/.test(line));
}

const EMPTY: Finding = {
  code: 'empty',
  task: 'read the file',
  found: 'nothing in it',
  expected: 'a YAML mapping that begins with apiVersion and kind',
};

function notUtf8(bytes: Uint8Array): Finding {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return {
    code: 'not-text',
    task: 'read the file as text',
    found: isUtf16 ? 'UTF-16' : 'bytes that are not UTF-8',
    expected: 'YAML in UTF-8',
    hint: isUtf16 ? 'save it as UTF-8' : null,
  };
}

function controlCharacter(character: string): Finding {
  return {
    code: 'not-text',
    task: 'read the file as text',
    found: `the control character ${printable(character)}`,
    expected: 'YAML in UTF-8, without control characters',
  };
}

function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop;
  }
  return 1;
}
