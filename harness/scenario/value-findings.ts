import type { z } from 'zod';
import { nearestWord } from '../kernel/nearest.ts';
import { describeFound } from './describe-found.ts';
import { printable } from './printable.ts';
import type { Finding } from './problem.ts';
import { definitionOf, expectationOf, expectedOf, inputSchema, legalWords } from './schema-walk.ts';

type AnySchema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** What to say of a value that its schema refuses. */
export function wrongValue(issue: Issue, schema: AnySchema, value: unknown): Finding {
  const legal = legalWords(schema);
  if (legal.length > 0) {
    return {
      code: typeof value === 'string' ? 'wrong-value' : 'wrong-type',
      task: 'read the value',
      found: describeFound(value),
      legal,
      nearest: typeof value === 'string' ? nearestWord(value, legal) : null,
      hint: legal.length === 1 && legal[0] === 'true' ? 'write true' : typeHint(schema, value),
    };
  }
  if (issue.code === 'invalid_type') return wrongTypeFinding(schema, value, repaired(schema, value));
  return {
    code: issue.code === 'too_big' || issue.code === 'too_small' ? 'out-of-range' : 'wrong-value',
    task: 'read the value',
    found: describeFound(value),
    expected: sizeExpected(issue) ?? formatExpected(issue, schema) ?? expectedOf(schema),
    hint: issue.code === 'custom' ? customHint(issue.message) : null,
    ...repairClauses(repaired(schema, value)),
  };
}

/** What to say of a value of another type, `repair` being what was probably meant. */
export function wrongTypeFinding(schema: AnySchema, value: unknown, repair: string | null): Finding {
  return {
    code: 'wrong-type',
    task: 'read the value',
    found: describeFound(value),
    expected: expectedOf(schema),
    hint: repair === null ? typeHint(schema, value) : null,
    ...repairClauses(repair),
  };
}

/** What was probably meant, by the schema's own words; null when it cannot be told. */
export function repaired(schema: AnySchema, value: unknown): string | null {
  const text = expectationOf(schema)?.repair?.(value) ?? null;
  return text === null || text === value ? null : printable(text, 64);
}

/** A repair with a choice in it is a hint; a single one is what was meant. */
export function repairClauses(repair: string | null): Pick<Finding, 'hint' | 'nearest'> {
  if (repair === null) return {};
  return repair.includes(' or ') ? { hint: `write ${repair}` } : { nearest: repair };
}

/** The step from what is there to what should be, when it is one of YAML's usual slips. */
function typeHint(schema: AnySchema, value: unknown): string | null {
  const { type } = definitionOf(inputSchema(schema));
  if (type === 'array' && typeof value === 'string') return `write it as a list: [${printable(value, 40)}]`;
  if (type === 'array' && value !== null) return 'begin each entry of a list with "- "';
  if (Array.isArray(value)) return 'write one value, without brackets or "- "';
  if (type === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    return 'remove the quotes';
  if (type === 'boolean' && typeof value === 'string' && /^(yes|no|on|off|true|false)$/i.test(value)) {
    return `write ${/^(yes|on|true)$/i.test(value) ? 'true' : 'false'}`;
  }
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return `put it in quotes: "${String(value)}"`;
  }
  return null;
}

function sizeExpected(issue: Issue): string | null {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return null;
  const nouns = { array: ['entry', 'entries'], string: ['character', 'characters'] } as const;
  const words = nouns[issue.origin as 'array' | 'string'];
  if (words === undefined) return null;
  const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const noun = words[Number(bound) === 1 ? 0 : 1];
  if (issue.exact === true) return `exactly ${bound} ${noun}`;
  const thing = issue.origin === 'array' ? 'a list of ' : 'text of ';
  return `${thing}${issue.code === 'too_small' ? 'at least' : 'at most'} ${bound} ${noun}`;
}

/** What a pattern wants, where only the author of the schema, a verb's or a guardrail's, can say it. */
function formatExpected(issue: Issue, schema: AnySchema): string | null {
  if (issue.code !== 'invalid_format' || expectationOf(schema) !== undefined) return null;
  if (!issue.message.startsWith('Invalid')) return printable(issue.message, 200);
  return issue.pattern === undefined
    ? `text in the format ${issue.format}`
    : `text like ${printable(issue.pattern, 100)}`;
}

/** zod's words for a refinement without a message of its own say nothing. */
function customHint(message: string): string | null {
  return message === 'Invalid input' ? null : printable(message, 200);
}

export function withoutSchema(issue: Issue): Finding {
  return { code: 'wrong-value', task: 'read the value', hint: printable(issue.message, 200) };
}
