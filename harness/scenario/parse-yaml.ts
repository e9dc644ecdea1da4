import { Composer, type Document, Lexer, Parser, type YAMLError } from 'yaml';
import { messageOf } from '../kernel/errors.ts';
import { LIMITS } from './limits.ts';
import { printable } from './printable.ts';
import type { Finding, Problem } from './problem.ts';
import type { SourceText } from './source-text.ts';

/** The one document of a YAML text; null when its syntax is broken, so that its values would mean nothing. */
export interface ParsedYaml {
  readonly document: Document | null;
  readonly problems: readonly Problem[];
}

/** Syntax only. Never throws: nesting is bounded before the recursive part of the library sees the text. */
export function parseYaml(source: SourceText): ParsedYaml {
  try {
    return compose(source);
  } catch (thrown) {
    const hint = `the YAML library gave up with: ${printable(messageOf(thrown), 200)}`;
    return broken([source.problemAt(0, [], { code: 'syntax', task: 'read the file as YAML', hint })]);
  }
}

function compose(source: SourceText): ParsedYaml {
  const tokens = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // Two tokens a level: a collection and its entry.
    if (parser.stack.length > LIMITS.depth * 2) {
      return broken([source.problemAt(parser.offset, [], TOO_DEEP)]);
    }
  }
  for (const token of parser.end()) tokens.push(token);
  // The library's own search for repeated keys takes time by the square of their number; the tree finds them.
  const composer = new Composer({ version: '1.2', schema: 'core', prettyErrors: false, uniqueKeys: false });
  const document = [...composer.compose(tokens, true, source.text.length)][0];
  if (document === undefined) return broken([]);
  const errors = [...document.errors, ...document.warnings];
  // One slip often breaks several rules at one place; the first says the most.
  const problems = errors
    .filter((error, index) => errors.findIndex(other => other.pos[0] === error.pos[0]) === index)
    .slice(0, MAX_SYNTAX_PROBLEMS)
    .map(error => source.problemAt(error.pos[0], [], findingOf(error, source.text)));
  const second = tokens.filter(token => token.type === 'document')[1];
  if (second !== undefined) problems.push(source.problemAt(second.offset, [], SECOND_DOCUMENT));
  const directive = tokens.find(token => token.type === 'directive');
  if (directive !== undefined) problems.push(source.problemAt(directive.offset, [], DIRECTIVE));
  return { document: problems.length === 0 ? document : null, problems };
}

function broken(problems: readonly Problem[]): ParsedYaml {
  return { document: null, problems };
}

/** One slip can make many errors further down; the first few are what helps. */
const MAX_SYNTAX_PROBLEMS = 10;

const TOO_DEEP: Finding = {
  code: 'too-deep',
  task: 'read the file as YAML',
  found: `more than ${LIMITS.depth} levels of nesting`,
  expected: `at most ${LIMITS.depth}`,
};

const SECOND_DOCUMENT: Finding = {
  code: 'syntax',
  task: 'read the file as YAML',
  found: 'a second document after ---',
  expected: 'one document a file',
  hint: 'put it into a file of its own',
};

const DIRECTIVE: Finding = {
  code: 'syntax',
  task: 'read the file as YAML',
  found: 'a % directive',
  expected: 'plain YAML 1.2 without directives',
};

function findingOf(error: YAMLError, text: string): Finding {
  const base = { code: 'syntax', task: 'read the file as YAML' } as const;
  const word = printable(/^[^\s:,\]}]*/.exec(text.slice(error.pos[0], error.pos[0] + 60))?.[0] ?? '', 40);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { ...base, found: 'a tab in the indentation', expected: 'spaces' };
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      if (error.message.includes('empty string')) {
        return {
          code: 'bad-alias',
          task: 'follow the alias *',
          hint: 'put it in quotes to write the character: "*"',
        };
      }
      return { code: 'bad-alias', task: 'follow the alias', hint: lower(error.message) };
    case 'TAG_RESOLVE_FAILED':
      return { ...base, found: `the tag ${word}`, expected: 'values without tags' };
    case 'BAD_INDENT': {
      const bracket = /end with a ([\]}])/.exec(error.message)?.[1];
      if (bracket !== undefined)
        return { ...base, hint: `the ${bracket} that closes what was opened above is missing` };
      return { ...base, hint: `${lower(error.message)}; align it with the entries above` };
    }
    case 'BAD_SCALAR_START':
      return { ...base, hint: `${lower(error.message)}; put the text in quotes` };
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        ...base,
        hint: 'the value runs into the next line; check how far that one is indented, or use quotes',
      };
    case 'MISSING_CHAR':
      if (error.message.includes('closing'))
        return { ...base, hint: 'a quote that was opened is never closed' };
      return { ...base, hint: lower(error.message) };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { ...base, found: 'a second ": " in one value', hint: BLOCK_HINT };
    default:
      return { ...base, hint: lower(error.message) };
  }
}

const BLOCK_HINT = 'put the text in quotes, or check how far the next line is indented';

function lower(message: string): string {
  const text = printable(message.replaceAll('\n', ' '), 200);
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
