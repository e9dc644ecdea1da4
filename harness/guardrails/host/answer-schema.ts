import { z } from 'zod';
import { DOORS } from '../../ports/action.ts';
import { parseResource } from '../../ports/resource.ts';
import { cleanText } from './clean-text.ts';

/** Most waves of a roll-out that a guardrail may impose. */
const MOST_WAVES = 20;
/** Most orders and alarms together that one window may bring. */
const MOST_FINDINGS = 50;

const reason = z
  .string()
  .min(1)
  .transform(text => cleanText(text));
const word = z
  .string()
  .min(1)
  .transform(text => cleanText(text, 120));
const worldMs = z.int().min(0);

const waves = z
  .array(z.number().gt(0).max(1))
  .min(1)
  .max(MOST_WAVES)
  .refine(isRamp, 'waves must ascend and end with 1');

export const constraintsSchema = z.strictObject({
  cells: z.array(z.string().min(1).max(130)).max(1_000).exactOptional(),
  waves: waves.exactOptional(),
  bakeMs: worldMs.exactOptional(),
});

const remedy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('evidence'), of: z.enum(['unit-tests', 'load-run', 'dry-run']) }),
  z.strictObject({ kind: z.literal('change-record'), of: z.enum(['normal', 'emergency']) }),
  z.strictObject({ kind: z.literal('door'), door: z.enum(DOORS) }),
  z.strictObject({ kind: z.literal('wait'), untilMs: worldMs }),
]);

/** What `decide` may answer. Reasons come out clean and short. */
export const decisionSchema = z.discriminatedUnion('effect', [
  z.strictObject({ effect: z.literal('allow'), reason }),
  z.strictObject({ effect: z.literal('narrow'), reason, constraints: constraintsSchema }),
  z.strictObject({
    effect: z.literal('require-approval'),
    reason,
    approval: z.strictObject({
      count: z.int().min(1).max(10),
      level: z.enum(['junior', 'mid', 'senior']),
      expiresAfterMs: z.int().min(1),
    }),
  }),
  z.strictObject({ effect: z.literal('deny'), reason, remedies: z.array(remedy).max(50) }),
]);

/** What `gateRollout` may answer. */
export const gateRulingSchema = z.strictObject({ ruling: z.enum(['advance', 'hold', 'roll-back']), reason });

const order = z.strictObject({
  verb: z.string().min(1).max(64),
  resource: z.string().refine(text => parseResource(text) !== null, 'no resource'),
  params: z.record(z.string(), z.unknown()),
  because: reason,
});

const alarm = z.strictObject({
  alarm: word,
  subject: word,
  phase: z.enum(['fired', 'resolved']),
  observed: z.number(),
  threshold: z.number(),
});

/** What `watch` may answer. */
export const findingsSchema = z.array(z.union([order, alarm])).max(MOST_FINDINGS);

function isRamp(shares: readonly number[]): boolean {
  return (
    shares.at(-1) === 1 && shares.every((share, index) => index === 0 || share > (shares[index - 1] ?? 0))
  );
}
