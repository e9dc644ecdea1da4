import { z } from 'zod';
import { parseDurationMs } from '../kernel/duration.ts';
import { parseResource } from '../ports/resource.ts';
import { expectations } from './expectations.ts';
import { repairDuration, repairIdentifier, repairPercent, repairSize } from './repair.ts';

export const API_VERSION = 'brakecheck/v1';

/** Longest duration that a file may name. Longer ones are slips, and would only make sums inexact. */
const MAX_DURATION_MS = 1_000 * 86_400_000;

/** `90s`, `5m30s`, `13h` in files; integer milliseconds afterwards. */
export const duration = z
  .string()
  .max(64)
  .regex(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/)
  .meta({ description: 'A duration: 850ms, 90s, 5m30s, 13h or 2d.', examples: ['90s', '5m30s', '13h'] })
  .register(expectations, {
    expected: 'a duration such as 90s, 5m30s or 13h, at most 1000d',
    repair: repairDuration,
  })
  .transform((text, context) => {
    const durationMs = parseDurationMs(text);
    if (durationMs !== null && durationMs <= MAX_DURATION_MS) return durationMs;
    context.addIssue({ code: 'custom', message: 'longer than 1000d' });
    return z.NEVER;
  });

/** `5%` in files; 0.05 afterwards. From 0% to 100%. */
export const percent = z
  .string()
  .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/)
  .meta({ description: 'A percentage from 0% to 100%.', examples: ['5%', '99.5%'] })
  .register(expectations, { expected: 'a percentage from 0% to 100%, such as 5%', repair: repairPercent })
  // Four more digits than anybody writes: 5% must become 0.05, not 0.05000000000000001.
  .transform(text => Number((Number(text.slice(0, -1)) / 100).toPrecision(12)));

const BYTE_UNITS = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** `4TB`, `250GB` in files; bytes afterwards. Decimal units. */
export const byteSize = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?(B|kB|MB|GB|TB)$/)
  .meta({
    description: 'A size in decimal units: B, kB, MB, GB or TB. At most six digits.',
    examples: ['250GB', '4TB'],
  })
  .register(expectations, { expected: 'a size such as 250GB or 4TB', repair: repairSize })
  .transform((text, context) => {
    const unit = /[kMGT]?B$/.exec(text)?.[0] as keyof typeof BYTE_UNITS;
    const bytes = Math.round(Number(text.slice(0, -unit.length)) * BYTE_UNITS[unit]);
    if (Number.isSafeInteger(bytes)) return bytes;
    context.addIssue({ code: 'custom', message: 'too large' });
    return z.NEVER;
  });

/** `pricing/na`, `staging:pricing/na`, `pricing/*` or `*`. */
export const resource = z
  .string()
  .max(200)
  .refine(text => parseResource(text) !== null)
  .meta({
    description: 'What is aimed at: pricing/na, staging:pricing/na, pricing/* (every region) or *.',
    pattern: String.raw`^([a-z][a-z0-9-]*:)?([a-z][a-z0-9-]*|\*)(/([a-z][a-z0-9-]*|\*))?$`,
    examples: ['pricing/na', 'staging:pricing/na', 'pricing/*', '*'],
  })
  .register(expectations, {
    expected: 'a resource such as pricing/na, staging:pricing/na, pricing/* or "*"',
  });

/** Lower-case words joined by hyphens. */
export const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .meta({ description: 'Lower-case words and digits joined by hyphens, at most 64 characters.' })
  .register(expectations, {
    expected: 'lower-case words joined by hyphens, at most 64 characters',
    repair: repairIdentifier,
  });

/** The name of a verb of the control plane, such as `environment.delete`. Whether it exists is a cross-check. */
export const verbName = z
  .string()
  .min(1)
  .max(64)
  .meta({
    description: 'A verb of the control plane: brakecheck list verbs.',
    examples: ['environment.delete'],
  })
  .register(expectations, { expected: 'a verb such as environment.delete' });

/** A person's or a provider's time: an input, not a mechanism. Varied evenly by ± variation. */
export const declaredDelay = z
  .strictObject({
    median: duration,
    variation: percent.default(0.2),
    /** Where the figure comes from; `simulated` when nothing public says it. */
    source: z
      .string()
      .min(1)
      .max(2_000)
      .default('simulated')
      .describe('Where the figure comes from; simulated when nothing public says it.'),
  })
  .describe("A person's or provider's time: an input, not a mechanism. Varied evenly by ± variation.");
export type DeclaredDelay = z.infer<typeof declaredDelay>;

export const metadata = z
  .strictObject({
    id: identifier.describe('Name of this file in commands and reports; unique among files of its kind.'),
    title: z.string().min(1).max(200).describe('One line for lists and reports.'),
    tags: z.array(z.string().min(1).max(64)).max(50).default([]),
  })
  .describe('What the file is called.');

/** A sentence or a few. */
export const text = z
  .string()
  .min(1)
  .max(2_000)
  .register(expectations, { expected: 'text of 1 to 2000 characters' });
