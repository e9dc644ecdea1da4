import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToEnd, VirtualClock } from '../kernel/virtual-clock.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { SqlConnection } from './sql-connection.ts';

const OPTIONS = { max: 2, idleTimeoutMs: 1_000, acquireTimeoutMs: 500, maxLifetimeMs: 60_000 };

test('the pool opens no more than its maximum, and the next one waits for a release', async () => {
  const { clock, pool, server } = setUp();
  await runToEnd(clock, async () => {
    const first = await pool.acquire();
    await pool.acquire();
    const third = pool.acquire();
    expect(server.open).toBe(2);
    pool.release(first);
    expect(await third).toBe(first);
  });
});

test('a connection that is never released starves the others, with a sentence', async () => {
  const { clock, pool } = setUp();
  await runToEnd(clock, async () => {
    await pool.acquire();
    await pool.acquire();
    await expect(pool.acquire()).rejects.toThrow(
      'no database connection within 500 ms: all 2 of the pool are in use',
    );
  });
});

test('an idle connection is closed after its time, and an old one when it comes back', async () => {
  const { clock, pool, server } = setUp();
  await runToEnd(clock, async () => {
    pool.release(await pool.acquire());
    await clock.sleep(1_500);
    expect(server.open).toBe(0);
    const old = await pool.acquire();
    await clock.sleep(61_000);
    pool.release(old);
    expect(server.open).toBe(0);
  });
});

test('a server that refuses is the caller’s error, and takes no place in the pool', async () => {
  const { clock, pool, server } = setUp();
  server.refuses = true;
  await runToEnd(clock, async () => {
    for (let attempt = 0; attempt < 5; attempt++) await expect(pool.acquire()).rejects.toThrow('refused');
    server.refuses = false;
    await pool.acquire();
    expect(pool.size).toBe(1);
  });
});

test('whatever happens, the pool holds at most its maximum, and its end closes everything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('acquire', 'release', 'wait'), { maxLength: 40 }),
      async acts => {
        const { clock, pool, server } = setUp();
        await runToEnd(clock, async () => {
          const held: SqlConnection[] = [];
          for (const act of acts) {
            if (act === 'acquire')
              void pool.acquire().then(
                connection => held.push(connection),
                () => undefined,
              );
            if (act === 'release') pool.release(held.shift() ?? connectionOf(server));
            if (act === 'wait') await clock.sleep(300);
            expect(server.open).toBeLessThanOrEqual(OPTIONS.max);
          }
          pool.end();
          await clock.sleep(1_000);
          expect(server.open).toBe(0);
        });
      },
    ),
  );
});

function setUp() {
  const clock = new VirtualClock();
  const server = { open: 0, refuses: false };
  const open = async () => {
    await clock.sleep(5);
    if (server.refuses) throw new Error('refused');
    server.open++;
    return connectionOf(server);
  };
  return { clock, server, pool: new ConnectionPool(clock, open, OPTIONS) };
}

function connectionOf(server: { open: number }): SqlConnection {
  let closed = false;
  return {
    run: async () => ({ rows: [], changed: 0 }),
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: async () => undefined,
    close: () => {
      if (!closed) server.open--;
      closed = true;
    },
  };
}
