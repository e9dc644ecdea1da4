import { createThirdParties, type ThirdParties } from '../../fixtures/third-parties/third-parties.ts';
import type { Clock } from '../kernel/clock.ts';
import { drawMs } from '../kernel/distribution.ts';
import type { Rng } from '../kernel/rng.ts';
import type { World } from '../scenario/world-schema.ts';

/** The part of the world that third parties are made by. */
export type ThirdPartyFigures = Pick<World, 'thirdParties'>;

/** The world's third parties: latencies by its figures, waited for on the clock. `rng` is the arm's. */
export function createWorldThirdParties(
  { thirdParties }: ThirdPartyFigures,
  rng: Rng,
  clock: Clock,
): ThirdParties {
  const draws = rng.fork('third-parties');
  const latency = (name: 'payment' | 'carrier' | 'model') => {
    const { median, variation } = thirdParties[name].latency;
    return () => drawMs({ medianMs: median, variation }, draws.next());
  };
  return createThirdParties({
    clock,
    random: () => draws.next(),
    latencyMs: { payment: latency('payment'), carrier: latency('carrier'), model: latency('model') },
    declineShare: thirdParties.payment.declines,
  });
}
