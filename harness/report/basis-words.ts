import { formatDuration } from '../kernel/duration.ts';
import type { ArmBasis } from '../score/basis.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { formatCount, plural } from './words.ts';

/** Stands before a figure of a live stack that holds a sample's rates over the time until the next sample. */
export const EXTRAPOLATED = '~';

/** What the figures of a live stack rest on; null after a simulation, in which every request is lived through. */
export function basisSentence({ arms: { unguarded, guarded } }: ScenarioScore): string | null {
  const bases = [unguarded?.basis, guarded?.basis].filter(basis => basis !== undefined);
  const all = sumOf(bases);
  if (all === null) return null;
  const { measured, extrapolated } = all.journeys;
  const unsteady =
    all.unsteadySamples === 0 ? '' : `, ${formatCount(all.unsteadySamples)} of them never steady`;
  const seconds = formatDuration(Math.round(all.sampledMs / 1_000) * 1_000);
  return (
    `${EXTRAPOLATED} extrapolated from ${plural(all.samples, 'sample')} (${seconds} of real shopping)${unsteady}; ` +
    `${formatCount(measured)} of ${formatCount(measured + extrapolated)} visits measured. ` +
    'Phases: charged, or * declared. The rest is measured.'
  );
}

type Sums = Pick<ArmBasis, 'samples' | 'unsteadySamples' | 'sampledMs' | 'journeys'>;

function sumOf(bases: readonly Sums[]): Sums | null {
  const [first, ...others] = bases;
  return first === undefined
    ? null
    : others.reduce(
        (sum, basis) => ({
          samples: sum.samples + basis.samples,
          unsteadySamples: sum.unsteadySamples + basis.unsteadySamples,
          sampledMs: sum.sampledMs + basis.sampledMs,
          journeys: {
            measured: sum.journeys.measured + basis.journeys.measured,
            extrapolated: sum.journeys.extrapolated + basis.journeys.extrapolated,
          },
        }),
        first,
      );
}
