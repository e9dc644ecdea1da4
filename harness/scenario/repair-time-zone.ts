import { nearestWord } from '../kernel/nearest.ts';

/** The zone that was probably meant: by spelling, or by the city alone (`Berlin`). Null when none is near. */
export function repairTimeZone(found: unknown): string | null {
  if (typeof found !== 'string') return null;
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const word = found.trim().replaceAll(' ', '_');
  const city = zones.find(zone => zone.toLowerCase().endsWith(`/${word.toLowerCase()}`));
  return city ?? nearestWord(word, zones);
}
