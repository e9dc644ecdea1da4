import { z } from 'zod';
import { parseDurationMs } from '../kernel/duration.ts';
import { parseResource } from '../ports/resource.ts';

export const API_VERSION = 'brakecheck/v1';

/** `90s`, `5m30s`, `13h` in files; integer milliseconds afterwards. */
export const duration = z
  .string()
  .regex(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/, 'a duration such as 90s, 5m30s or 13h')
  .transform(text => parseDurationMs(text) as number);

/** `5%` in files; 0.05 afterwards. */
export const percent = z
  .string()
  .regex(/^\d+(\.\d+)?%$/, 'a percentage such as 5%')
  .transform(text => Number(text.slice(0, -1)) / 100);

/** `4TB`, `250GB` in files; bytes afterwards. Decimal units. */
export const byteSize = z
  .string()
  .regex(/^\d+(\.\d+)?(B|kB|MB|GB|TB)$/, 'a size such as 250GB or 4TB')
  .transform(text => {
    const unit = /[kMGT]?B$/.exec(text)?.[0] as keyof typeof BYTE_UNITS;
    return Math.round(Number(text.slice(0, -unit.length)) * BYTE_UNITS[unit]);
  });
const BYTE_UNITS = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** `pricing/na`, `staging:pricing/na`, `pricing/*` or `*`. */
export const resource = z
  .string()
  .refine(
    text => parseResource(text) !== null,
    'a resource such as pricing/na, staging:pricing/na, pricing/* or *',
  );

/** Lower-case words joined by hyphens. */
export const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower-case words joined by hyphens, at most 64 characters');

/** A person's or a provider's time: an input, not a mechanism. Varied evenly by ± variation. */
export const declaredDelay = z.strictObject({
  median: duration,
  variation: percent.default(0.2),
  /** Where the figure comes from; `simulated` when nothing public says it. */
  source: z.string().default('simulated'),
});
export type DeclaredDelay = z.infer<typeof declaredDelay>;

export const metadata = z.strictObject({
  id: identifier,
  title: z.string().min(1).max(200),
  tags: z.array(z.string().max(64)).max(50).default([]),
});

export const text = z.string().min(1).max(2_000);
