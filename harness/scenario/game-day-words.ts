import { z } from 'zod';
import { expectations } from './expectations.ts';

/** An id, an id with `*`, `tag:<tag>`, or a path. */
export const scenarioSelector = z
  .string()
  .regex(/^(tag:[\w*.-]{1,64}|[a-z*][a-z0-9*-]{0,63}|[^\0]*[/][^\0]*|[^\0]+\.ya?ml)$/)
  .max(500)
  .meta({
    description: 'Scenarios: an id, an id with * in it, tag:<tag>, or a path from the folder of this file.',
    examples: ['lost-prices', 'lost-*', 'tag:deletion', './my-scenario.yaml'],
  })
  .register(expectations, {
    expected: 'an id such as lost-prices, an id with *, tag:<tag>, or a path such as ./my-scenario.yaml',
  });

/** The id of a file, or a path to it from the folder of the file that names it. */
export const fileName = z
  .string()
  .min(1)
  .max(500)
  .regex(/^([a-z][a-z0-9-]{0,63}|[^\0]*[/][^\0]*|[^\0]+\.ya?ml)$/)
  .register(expectations, { expected: 'an id such as as-was, or a path such as ./my-profile.yaml' });

/** Seeds are text; whole numbers are taken as such. */
export const seedText = z
  .union([z.int().min(0).max(1_000_000_000), z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,23}$/)])
  .transform(String)
  .register(expectations, { expected: 'a whole number, or up to 24 letters, digits, dots and hyphens' });

/** A day of the calendar, `2026-09-30`. */
export const calendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDay)
  .meta({ description: 'A day, such as 2026-09-30.', examples: ['2026-09-30'] })
  .register(expectations, { expected: 'a day such as 2026-09-30' });

/** The name of an environment variable. */
export const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,99}$/)
  .meta({ description: 'Name of an environment variable.', examples: ['GAME_DAY_HOOK'] })
  .register(expectations, {
    expected: 'the name of an environment variable, such as GAME_DAY_HOOK',
    repair: found => repairVariable(found),
  });

/** Capitals and underscores; nothing of what may be the secret itself. */
function repairVariable(found: unknown): string | null {
  if (typeof found !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(found)) return null;
  return found.replaceAll('-', '_').toUpperCase();
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
