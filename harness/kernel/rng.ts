import seedrandom from 'seedrandom';

/**
 * Seeded chance, keyed by name. Every consumer forks a stream of its own by name, so that adding one never shifts the
 * draws of another; within a stream a draw can be keyed by entity and attempt, so that shopper 812's third decision is
 * the same in every arm.
 */
export interface Rng {
  /** A stream that depends on this one's seed and on `name` alone. */
  fork(name: string): Rng;
  /** The next draw of this stream, in [0, 1). */
  next(): number;
  /** The next integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** A draw in [0, 1) that depends on the stream and on `key` alone, however often and in whatever order it is asked. */
  keyed(key: string): number;
  /** True with probability `percent` / 100. */
  chancePercent(percent: number): boolean;
}

export function createRng(seed: string): Rng {
  const draw = seedrandom.alea(seed);
  const rng: Rng = {
    fork: name => createRng(`${seed}/${name}`),
    next: () => draw(),
    integer: (low, high) => low + Math.floor(draw() * (high - low + 1)),
    keyed: key => seedrandom.alea(`${seed}#${key}`)(),
    chancePercent: percent => draw() * 100 < percent,
  };
  return rng;
}
