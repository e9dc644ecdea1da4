import type { Constraints, Door } from '../../ports/action.ts';
import type { Company } from '../company.ts';

/** How a build reaches a cell's traffic: by shares, ascending, the last one 1, each followed by a bake. */
export interface WavePlan {
  readonly waves: readonly number[];
  readonly bakeMs: number;
}

export interface WaveWishes {
  readonly waves?: readonly number[] | undefined;
  readonly bakeMs?: number | undefined;
}

const AT_ONCE: WavePlan = { waves: [1], bakeMs: 0 };
const MAX_WAVES = 20;

/**
 * The waves that count: what a ruling narrowed the action to, else what guardrails impose at the door, else what was
 * asked for, else the company's own for its pipeline. Any other door puts a build in place at once.
 */
export function chooseWaves(
  company: Pick<Company, 'chain' | 'context'>,
  door: Door,
  { asked, narrowed }: { readonly asked: WaveWishes; readonly narrowed: Constraints | null },
): WavePlan {
  const { rollouts } = company.context.world;
  const imposed = company.chain.rolloutPlan(door);
  const own = door === 'pipeline' ? { waves: rollouts.waves, bakeMs: rollouts.bake } : AT_ONCE;
  const wishes = [narrowed, imposed, asked].filter(
    wish => wish?.waves !== undefined || wish?.bakeMs !== undefined,
  );
  const first = wishes[0];
  if (first === undefined || first === null) return normal(own);
  // A bake time without waves only makes sense with the waves that would have applied.
  const fallback = wishes.find(wish => wish?.waves !== undefined)?.waves ?? own.waves;
  return normal({ waves: first.waves ?? fallback, bakeMs: first.bakeMs ?? own.bakeMs });
}

/** True when somebody asked for, or imposes, more than one step. */
export function isStaged({ waves, bakeMs }: WavePlan): boolean {
  return waves.length > 1 || bakeMs > 0;
}

function normal({ waves, bakeMs }: WavePlan): WavePlan {
  const ascending = [...new Set(waves.filter(share => share > 0 && share < 1))].sort((a, b) => a - b);
  return { waves: [...ascending.slice(0, MAX_WAVES - 1), 1], bakeMs: Math.max(0, bakeMs) };
}
