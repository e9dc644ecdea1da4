/** Lets so many tasks go on at once; the others wait for their turn, first come, first served. */
export function atMost(count: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async task => {
    if (free > 0) free--;
    else {
      await new Promise<void>(resolve => {
        waiting.push(resolve);
      });
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
