import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { createApp, serveApp } from '../../fixtures/retail/kit/app.ts';
import { callService } from '../../fixtures/retail/kit/call-service.ts';
import { jsonAnswer } from '../../fixtures/retail/kit/light-response.ts';
import { defineService, type ServiceContext } from '../../fixtures/retail/kit/service.ts';
import type { Build } from '../ports/stack.ts';

/** A service that nobody publishes, and one at the edge: names that the edge's routing knows. */
export const SHELF = 'pricing';
export const FRONT = 'storefront';

/** How long `/nap` sleeps, on the service's clock. */
export const NAP_MS = 3_600_000;

interface ShelfTables {
  items: { id: string; amount: number };
}

/** A build of the small service that the stack contract is tried with: it reads, writes, leaks, fails and calls. */
export function contractBuild(service: string): Build {
  const definition = DEFINITIONS.get(service) ?? define(service);
  const entry = fileURLToPath(new URL(`./testing/contract-${service}.ts`, import.meta.url));
  return { id: `${service}-contract`, service, version: '1', digest: 'sha256:contract', definition, entry };
}

function define(name: string) {
  return defineService<ShelfTables>({
    name,
    migrations: [
      {
        name: '001-items',
        up: async db => {
          await db.schema
            .createTable('items')
            .addColumn('id', 'text', column => column.primaryKey())
            .addColumn('amount', 'integer', column => column.notNull())
            .execute();
        },
      },
    ],
    seed: async (db, region) => {
      const rows = [1, 2, 3].map(amount => ({ id: `${region}-${amount}`, amount }));
      await db.insertInto('items').values(rows).execute();
    },
    dependsOn: name === FRONT ? [SHELF] : [],
    sampleRequest: () => new Request(`http://${name}/items`),
    create: context => serveApp(routes(name, context)),
  });
}

const DEFINITIONS: ReadonlyMap<string, ReturnType<typeof define>> = new Map(
  [SHELF, FRONT].map(name => [name, define(name)]),
);

function routes(name: string, context: ServiceContext<ShelfTables>) {
  const { db, newId, config, clock } = context;
  const app = createApp(name, db);
  app.get('/api/who', () => jsonAnswer({ name: config.name }));
  let naps = 0;
  app.get('/api/time', () => jsonAnswer({ nowMs: clock.nowMs(), naps }));
  app.get('/nap', async () => {
    naps++;
    await clock.sleep(NAP_MS);
    return jsonAnswer({});
  });
  app.post('/api/orders', async c => jsonAnswer(await c.req.json(), 201));
  app.get('/items', async () => jsonAnswer(await db.selectFrom('items').selectAll().execute()));
  app.get('/add', async () => {
    await db
      .insertInto('items')
      .values({ id: newId('item'), amount: 1 })
      .execute();
    return jsonAnswer({});
  });
  app.get('/leak', async () => {
    await leak(db);
    return jsonAnswer({});
  });
  app.get('/broken', () => jsonAnswer({}, 500));
  app.get('/via', () => askShelf(context, '/items'));
  app.get('/via-nap', () => askShelf(context, '/nap'));
  return app;
}

async function askShelf(context: ServiceContext<ShelfTables>, path: string): Promise<Response> {
  try {
    return jsonAnswer(
      await callService(context, { service: SHELF, path, attempts: 1, timeoutMs: 2 * NAP_MS }),
    );
  } catch {
    return jsonAnswer({}, 502);
  }
}

/** Opens a transaction that nobody ends. */
async function leak(db: Kysely<ShelfTables>): Promise<void> {
  const transaction = await db.startTransaction().execute();
  await sql`select 1`.execute(transaction);
}
