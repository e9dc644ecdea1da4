import pg from 'pg';

/** Types that the client hands over as text, since they may exceed what a number holds: bigint and numeric. */
const INT8 = 20;
const NUMERIC = 1700;

/**
 * How a column's text becomes a value. Counts, sums, money in cents and times in milliseconds are safe integers in the
 * shop (DESIGN, section 8), so they are numbers here as they are in SQLite.
 */
export const parserOf: typeof pg.types.getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 || oid === NUMERIC
    ? toNumber
    : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;

function toNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Error(`the database holds ${text}, which is more than a number can hold`);
  }
  return value;
}
