import type { Arrival } from '../../traffic/shoppers.ts';

/** Shoppers of one region in their order: those who arrive next, and a look at those after them. */
export class ShopperQueue {
  private readonly source: Generator<Arrival, never>;
  private readonly upcoming: Arrival[] = [];

  constructor(source: Generator<Arrival, never>) {
    this.source = source;
  }

  /** The next shopper, who is taken off. */
  next(): Arrival {
    const arrival = this.at(0);
    this.upcoming.shift();
    return arrival;
  }

  /** The shopper who comes `index` after the next one; stays in the queue. */
  at(index: number): Arrival {
    while (this.upcoming.length <= index) this.upcoming.push(this.source.next().value);
    return this.upcoming[index] as Arrival;
  }

  /** How many come before that world time, counted up to `most`. */
  countUntil(atMs: number, most: number): number {
    let count = 0;
    while (count < most && this.at(count).atMs < atMs) count++;
    return count;
  }
}
