import { z } from 'zod';

const path = z
  .string()
  .max(500)
  .regex(/^[\w-]+(\.[\w-]+)*$/);

const duration = z.int().min(1).max(8_640_000_000);

/** Options of adapters whose protocol knows yes and no alone: where else in the reply the user's service says more. */
export const rulingOptions = {
  reasonAt: path
    .optional()
    .describe(
      'Path in the reply to the reason, such as context.reason_user.en; the usual places when left out.',
    ),
  approval: z
    .strictObject({
      at: path.describe(
        'Path in the reply: where it is true, or a mapping, a refusal asks for approval instead.',
      ),
      count: z.int().min(1).max(10).default(1).describe('People who must approve.'),
      level: z.enum(['junior', 'mid', 'senior']).default('senior').describe('Lowest level of an approver.'),
      expiresAfterMs: duration.default(86_400_000).describe('How long an approval is good for.'),
    })
    .optional()
    .describe(
      'How a refusal says that people may approve it. A mapping there may give count, level and expiresAfterMs.',
    ),
  constraintsAt: path
    .optional()
    .describe('Path in the reply to limits on what is allowed: a mapping of cells, waves and bakeMs.'),
} as const;

const schema = z.strictObject(rulingOptions);
export type RulingOptions = z.infer<typeof schema>;
