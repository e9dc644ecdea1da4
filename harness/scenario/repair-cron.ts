import { nearestWord } from '../kernel/nearest.ts';

const MONTHS = 'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'.split(
  ' ',
);
const WEEKDAYS = 'SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY'.split(' ');
const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/**
 * The pattern of five fields that was probably meant by a nickname, by six fields of which the first counts no seconds,
 * or by names of months and days that are written out or misspelt. Null when it cannot be told.
 */
export function repairCron(found: unknown, isCron: (pattern: string) => boolean): string | null {
  if (typeof found !== 'string' || found.length > 200) return null;
  const nickname = nearestWord(found.trim(), Object.keys(NICKNAMES));
  if (found.trim().startsWith('@')) return nickname === null ? null : (NICKNAMES[nickname] ?? null);
  const fields = found.trim().split(/\s+/);
  if (fields.length === 6 && fields[0] === '0') fields.shift();
  if (fields.length !== 5) return null;
  const [minute, hour, day, month = '', weekday = ''] = fields;
  const repaired = [minute, hour, day, named(month, MONTHS), named(weekday, WEEKDAYS)].join(' ');
  return isCron(repaired) ? repaired : null;
}

/** Names are known by three letters. */
function named(field: string, names: readonly string[]): string {
  return field.replaceAll(/[A-Za-z]{2,}/g, word => {
    const upper = word.toUpperCase();
    const known = names.find(name => upper.startsWith(name.slice(0, 3))) ?? nearestWord(upper, names);
    return known?.slice(0, 3) ?? word;
  });
}
