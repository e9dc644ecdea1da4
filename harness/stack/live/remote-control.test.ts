import { expect, test } from 'vitest';
import { createRealClock } from '../../cli/real-clock.ts';
import { contractBuild, NAP_MS, SHELF } from '../contract-service.ts';
import { sqliteDialect } from '../pooled-dialect.ts';
import { runMigrations } from '../run-migrations.ts';
import { DatabaseServer } from '../sqlite/database-server.ts';
import { directDb } from '../sqlite/direct-db.ts';
import { MemoryDatabase } from '../sqlite/memory-database.ts';
import { adminApp } from './admin-app.ts';
import type { InstanceControl } from './controls.ts';
import { startInstanceHost } from './instance-host.ts';
import { keptAgent } from './kept-agent.ts';
import { LiveServiceClock } from './live-service-clock.ts';
import { remoteInstance } from './remote-control.ts';
import { serveFetch } from './serve-fetch.ts';
import { ServedLog } from './served-log.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const TOKEN = 'only-we-know';

test('an instance in another process is steered by its admin address: routes, time, warmth, counts, stop', async () => {
  await withHost(async ({ url, control }) => {
    await control.warm();
    await control.setWorldTime(5 * NAP_MS);
    expect(
      ((await (await fetch(`${url}/api/time`)).json()) as { nowMs: number }).nowMs,
    ).toBeGreaterThanOrEqual(5 * NAP_MS);
    expect((await fetch(`${url}/via`)).status).toBe(502);
    await control.route({ routes: { [SHELF]: [{ url, weight: 1 }] }, cuts: [] });
    expect((await fetch(`${url}/via`)).status).toBe(200);
    await control.route({ routes: { [SHELF]: [{ url, weight: 1 }] }, cuts: [SHELF] });
    expect((await fetch(`${url}/via`)).status).toBe(502);
    const served = await control.drain();
    expect(served.map(({ failed }) => failed)).toEqual([false, true, false, false, true]);
    expect(await control.drain()).toEqual([]);
    await control.stop(0);
    await expect(fetch(`${url}/api/time`)).rejects.toThrow();
    await control.stop(0);
  });
});

test('without the token nothing is steered, and a wrong order is named', async () => {
  await withHost(async ({ adminUrl, withToken, control }) => {
    await expect(withToken('guessed').warm()).rejects.toThrow('no right');
    await expect(control.setWorldTime(Number.NaN)).rejects.toThrow(/nowMs/);
    expect((await fetch(`${adminUrl}/warm`)).status).toBe(401);
  });
});

test('an answer that does not come is waited for no longer than the limit', async () => {
  await withHost(
    async ({ control }) => {
      await expect(control.warm()).rejects.toThrow('fetch failed');
    },
    { limitMs: 50, warm: () => new Promise(() => undefined) },
  );
});

interface Host {
  readonly url: string;
  readonly adminUrl: string;
  readonly control: InstanceControl;
  withToken(token: string): InstanceControl;
}

/** An instance of the contract's shelf, with its admin address, as a container would serve both. */
async function withHost(
  work: (host: Host) => Promise<void>,
  options: { readonly limitMs?: number; readonly warm?: () => Promise<void> } = {},
): Promise<void> {
  const real = createRealClock();
  const clock = new LiveServiceClock(real);
  const database = new MemoryDatabase(clock);
  await runMigrations(directDb(database), contractBuild(SHELF));
  const turn = async (): Promise<void> => undefined;
  const server = new DatabaseServer({ connectionLimit: 10, connecting: turn, querying: turn });
  const log = new ServedLog();
  const host = await startInstanceHost({
    order: {
      id: 'pricing-1',
      number: 1,
      slot: { slot: `production:${SHELF}/east`, environment: 'production', service: SHELF, region: 'east' },
      config: {},
      workers: 4,
      queue: 4,
      pool: { max: 4, idleTimeoutMs: 30_000, acquireTimeoutMs: 2_000, maxLifetimeMs: 600_000 },
      seed: 'remote',
      worldNowMs: 0,
    },
    build: contractBuild(SHELF),
    address: LOOPBACK,
    real,
    clock,
    database: { open: () => server.open(database, 'service'), dialect: sqliteDialect },
    onServed: served => log.add(served),
  });
  const inside = { ...host.control, ...options, drain: async () => log.drain() };
  const admin = await serveFetch(adminApp(inside, TOKEN), LOOPBACK, real);
  const agent = keptAgent();
  const adminUrl = `http://127.0.0.1:${admin.port}`;
  const withToken = (token: string): InstanceControl =>
    remoteInstance({ url: adminUrl, token, agent, real, limitMs: options.limitMs ?? 10_000 });
  try {
    await work({ url: `http://127.0.0.1:${host.port}`, adminUrl, control: withToken(TOKEN), withToken });
  } finally {
    agent.destroy();
    await admin.close(0);
    await host.control.stop(0);
    clock.close();
  }
}
