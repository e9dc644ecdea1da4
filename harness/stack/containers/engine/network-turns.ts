/**
 * Lets containers join and leave a network one at a time. An engine before 28.1 keeps a count of each network's ends, and
 * loses count now and then when several join at once; then it never lets go of the empty network, until it is
 * restarted (https://github.com/moby/moby/issues/42119, count dropped by https://github.com/moby/moby/pull/49812).
 * Different networks do not wait for one another.
 */
export class NetworkTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Waits until nobody joins or leaves any of these networks. Call what it resolves with when you have. */
  async take(networkIds: Iterable<string>): Promise<() => void> {
    const ids = [...new Set(networkIds)];
    let release = () => {};
    const done = new Promise<void>(resolve => {
      release = resolve;
    });
    const before = ids.map(id => this.last.get(id));
    // All places at once, before anything is awaited: so no two can wait for each other.
    for (const id of ids) this.last.set(id, done);
    await Promise.all(before);
    return release;
  }

  /** The task, in its turn at these networks. */
  async during<T>(networkIds: Iterable<string>, task: () => Promise<T>): Promise<T> {
    const release = await this.take(networkIds);
    try {
      return await task();
    } finally {
      release();
    }
  }
}
