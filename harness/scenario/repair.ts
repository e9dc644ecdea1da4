import { nearestWord } from '../kernel/nearest.ts';

/** What a person probably meant by something that is almost a duration; null when it cannot be told. */
export function repairDuration(found: unknown): string | null {
  if (typeof found === 'number' && found >= 0 && Number.isFinite(found)) {
    return found === 0 ? '0s' : `${found}s, ${found}m or ${found}h`;
  }
  if (typeof found !== 'string' || found.length > 40) return null;
  if (/^\d+(\.\d+)?$/.test(found)) return `${found}s, ${found}m or ${found}h`;
  const parts = [...found.trim().matchAll(/(\d+(?:\.\d+)?)\s*([a-zA-Z]+)[\s,]*/g)];
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== found.trim()) return null;
  const repaired = parts.map(([, amount, unit]) => {
    const word = (unit ?? '').toLowerCase();
    const days = DAYS_OF[word];
    if (days !== undefined) return `${Number(amount) * days}d`;
    const known = unitOf(word);
    return known === null ? null : `${amount}${known}`;
  });
  return repaired.includes(null) ? null : repaired.join('');
}

/** `0.05` and `5` mean `5%`. */
export function repairPercent(found: unknown): string | null {
  const figure =
    typeof found === 'string' && /^\d+(\.\d+)?\s*%?$/.test(found) ? Number.parseFloat(found) : found;
  if (typeof figure !== 'number' || !(figure >= 0) || figure > 100) return null;
  const percent = figure > 0 && figure < 1 ? Number((figure * 100).toPrecision(6)) : figure;
  return `${percent}%`;
}

export function repairSize(found: unknown): string | null {
  if (typeof found === 'number' && found >= 0 && found < 1e6) return `${found}MB, ${found}GB or ${found}TB`;
  const match = typeof found === 'string' ? /^(\d+(?:\.\d+)?)\s*([kmgt])?i?(b|bytes)?$/i.exec(found) : null;
  if (match === null) return null;
  const prefix = (match[2] ?? '').toUpperCase();
  return `${match[1]}${prefix === 'K' ? 'k' : prefix}B`;
}

/** Spaces, capitals and underscores become what an identifier may hold. */
export function repairIdentifier(found: unknown): string | null {
  if (typeof found !== 'string') return null;
  const repaired = found
    .slice(0, 64)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  return repaired === '' ? null : repaired;
}

const UNIT_WORDS: Readonly<Record<string, readonly string[]>> = {
  ms: ['ms', 'msec', 'millis', 'millisecond', 'milliseconds'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  m: ['m', 'min', 'mins', 'minute', 'minutes'],
  h: ['h', 'hr', 'hrs', 'hour', 'hours'],
  d: ['d', 'day', 'days'],
};

/** Units that a file does not know, since months and years differ. */
const DAYS_OF: Readonly<Record<string, number>> = { w: 7, week: 7, weeks: 7, y: 365, year: 365, years: 365 };

function unitOf(word: string): string | null {
  for (const [unit, words] of Object.entries(UNIT_WORDS)) if (words.includes(word)) return unit;
  const near = word.length > 3 ? nearestWord(word, Object.values(UNIT_WORDS).flat()) : null;
  return near === null ? null : unitOf(near);
}
