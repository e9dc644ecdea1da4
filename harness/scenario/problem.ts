import { printable } from './printable.ts';

export type ProblemCode =
  | 'unreadable'
  | 'too-large'
  | 'not-text'
  | 'empty'
  | 'syntax'
  | 'duplicate-key'
  | 'too-deep'
  | 'too-many-values'
  | 'bad-alias'
  | 'wrong-version'
  | 'wrong-kind'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'wrong-value'
  | 'unknown-name'
  | 'conflict'
  | 'out-of-range'
  | 'too-many-problems';

/** A path in a file: keys, and indices from 0. */
export type FilePath = readonly (string | number)[];

/** One thing wrong with a file: where, what was found, what is legal. Lines and columns count from 1. */
export interface Problem {
  readonly code: ProblemCode;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted: `steps[0].whenDenied[1].verb`. Empty for the file as a whole. */
  readonly path: string;
  /** What could not be done, completing "could not …". */
  readonly task: string;
  readonly found: string | null;
  readonly expected: string | null;
  /** All legal words, when they are known. */
  readonly legal: readonly string[];
  /** The legal word, or the corrected text, that was probably meant. */
  readonly nearest: string | null;
  /** What to do, when none of the above says it. */
  readonly hint: string | null;
  /** The line of the file, or the part of it around the column, safe for display; empty when there is none. */
  readonly excerpt: string;
  /** Characters of the excerpt that stand before the place. */
  readonly excerptOffset: number;
  /** The whole in one sentence, without the place. */
  readonly message: string;
}

/** What a check knows of a problem before it has its place. */
export interface Finding {
  readonly code: ProblemCode;
  readonly task: string;
  readonly found?: string | null;
  readonly expected?: string | null;
  readonly legal?: readonly string[];
  readonly nearest?: string | null;
  readonly hint?: string | null;
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: FilePath;
  readonly excerpt: string;
  readonly excerptOffset: number;
}

export function makeProblem(place: Place, finding: Finding): Problem {
  const parts = {
    found: finding.found ?? null,
    expected: finding.expected ?? null,
    legal: finding.legal ?? [],
    nearest: finding.nearest ?? null,
    hint: finding.hint ?? null,
  };
  return {
    ...place,
    path: dotted(place.path),
    code: finding.code,
    task: finding.task,
    ...parts,
    message: sentence(finding.task, parts),
  };
}

/** `['steps', 0, 'verb']` as `steps[0].verb`. A key that is no plain word stands quoted: `mix["a b"]`. */
function dotted(path: FilePath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]{1,64}$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `["${printable(part, 40)}"]`;
  }
  return text;
}

type Parts = Pick<Problem, 'found' | 'expected' | 'legal' | 'nearest' | 'hint'>;

function sentence(task: string, parts: Parts): string {
  const clauses = [
    parts.found === null ? null : `found ${parts.found}`,
    parts.expected === null ? null : `expected ${parts.expected}`,
    parts.legal.length === 0 ? null : `legal: ${shortList(parts.legal)}`,
    parts.hint,
    parts.nearest === null ? null : `did you mean "${parts.nearest}"?`,
  ].filter(clause => clause !== null);
  return clauses.length === 0 ? `could not ${task}` : `could not ${task}: ${clauses.join('; ')}`;
}

/** Long lists end in a count: the nearest word says what matters. */
const MAX_LISTED = 40;

function shortList(words: readonly string[]): string {
  if (words.length <= MAX_LISTED) return words.join(', ');
  return `${words.slice(0, MAX_LISTED).join(', ')} and ${words.length - MAX_LISTED} more`;
}
