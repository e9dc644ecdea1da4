/** A table or column name in double quotes, as SQLite and PostgreSQL both read it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value as SQL text, for both engines. */
export function quoteValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return `'${String(value).replaceAll("'", "''")}'`;
}

/** What a statement does, as far as its text tells. */
export interface SqlNature {
  readonly readOnly: boolean;
  /** Removes rows, tables or columns, or overwrites every row. */
  readonly destructive: boolean;
}

/**
 * Reads a statement's nature from its keywords, outside of strings, quoted names and comments. What it cannot tell counts
 * as a change: only a statement that starts as a query and names no changing keyword anywhere is read-only.
 */
export function natureOf(statement: string): SqlNature {
  const words = bareWords(statement);
  const has = (word: string): boolean => words.includes(word);
  const readOnly = QUERY_STARTS.has(words[0] ?? '') && !CHANGING.some(has);
  const overwritesAll = has('update') && has('set') && !has('where');
  return { readOnly, destructive: !readOnly && (REMOVING.some(has) || overwritesAll) };
}

const QUERY_STARTS = new Set(['select', 'with', 'values', 'explain', 'show']);
const REMOVING = ['delete', 'drop', 'truncate', 'replace', 'alter'];
const CHANGING = [
  ...REMOVING,
  'insert',
  'update',
  'merge',
  'create',
  'grant',
  'revoke',
  'into',
  'call',
  'do',
  'vacuum',
  'copy',
  'attach',
  'pragma',
];

function bareWords(statement: string): readonly string[] {
  const bare = statement.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  return bare.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? [];
}
