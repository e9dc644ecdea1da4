import { z } from 'zod';
import { duration } from '../scenario/common-schema.ts';
import type { WaveWishes } from './rollouts/waves.ts';

/** How a requester may ask for a roll-out to go. */
export const waveParams = {
  waves: z
    .array(z.number().gt(0).max(1))
    .min(1)
    .max(20)
    .optional()
    .describe('Shares of traffic, ascending; 1 is added at the end.'),
  bake: duration.optional().describe('Time that each wave is watched, such as 30m.'),
};

export function wishesOf(params: {
  readonly waves?: readonly number[] | undefined;
  readonly bake?: number | undefined;
}): WaveWishes {
  return { waves: params.waves, bakeMs: params.bake };
}
