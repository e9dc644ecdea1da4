import {
  type AnyService,
  type Check,
  defineService,
  type ServiceApp,
  type ServiceContext,
} from '../../../fixtures/retail/kit/service.ts';
import { digestOf } from '../../kernel/digest.ts';
import type { Build } from '../../ports/stack.ts';

interface Tables {
  items: { id: string; amount: number };
  notes: { id: string };
}

/** Rows that each service starts with. */
export const SEEDED_ROWS = 20;

interface Flavour {
  readonly dependsOn?: readonly string[];
  /** Extra migration, as a build brings that needs a new table. */
  readonly addsNotes?: boolean;
  /** Overwrites what it reads, as a lazy rewrite with a defect does. */
  readonly zeroes?: boolean;
  /** Answers nothing after this many requests. */
  readonly wearsOutAfter?: number;
  /** Answers ever more slowly. */
  readonly slowsDown?: boolean;
  readonly cannotWarm?: boolean;
  /** Its sample requests ask for what only trade would bring, as an order. */
  readonly asksForTrade?: boolean;
}

/** Builds of the small company's services by id: stable ones, a good next one, and several with a real defect. */
export function testBuilds(): ReadonlyMap<string, Build> {
  const builds = [
    build('shop-stable', 'shop', { dependsOn: ['stock', 'payment'] }),
    build('stock-stable', 'stock', {}),
    build('costs-stable', 'costs', { asksForTrade: true }),
    build('shop-next', 'shop', { dependsOn: ['stock'], addsNotes: true }),
    build('shop-later', 'shop', { dependsOn: ['stock'], addsNotes: true }),
    build('shop-zeroing', 'shop', { zeroes: true }),
    build('shop-wearing-out', 'shop', { wearsOutAfter: 400 }),
    build('shop-slowing', 'shop', { slowsDown: true }),
    build('shop-cold', 'shop', { cannotWarm: true }),
  ];
  return new Map(builds.map(one => [one.id, one]));
}

export function testChecks(): ReadonlyMap<string, readonly Check[]> {
  const reads: Check = {
    name: 'reads an item',
    run: async call => {
      const response = await call(new Request('http://shop/items/item-1'));
      if (response.status !== 200) throw new Error(`status ${response.status}`);
    },
  };
  const wishes: Check = {
    name: 'knows of item-99',
    run: async call => {
      const response = await call(new Request('http://shop/items/item-99'));
      if (response.status !== 200) throw new Error(`status ${response.status}`);
    },
  };
  return new Map([
    ['shop-next', [reads]],
    ['shop-wearing-out', [reads]],
    ['shop-later', [reads, wishes]],
  ]);
}

function build(id: string, service: string, flavour: Flavour): Build {
  return { id, service, version: '1', digest: digestOf(id), definition: definitionOf(service, flavour) };
}

function definitionOf(name: string, flavour: Flavour): AnyService {
  return defineService<Tables>({
    name,
    dependsOn: flavour.dependsOn ?? [],
    migrations: [
      {
        name: 'items',
        up: async db => {
          await db.schema
            .createTable('items')
            .addColumn('id', 'text', column => column.primaryKey())
            .addColumn('amount', 'integer')
            .execute();
        },
      },
      ...(flavour.addsNotes === true
        ? [
            {
              name: 'notes',
              up: async (db: Parameters<AnyService['seed']>[0]) => {
                await db.schema.createTable('notes').addColumn('id', 'text').execute();
              },
            },
          ]
        : []),
    ],
    seed: async db => {
      const rows = Array.from({ length: SEEDED_ROWS }, (_, index) => ({
        id: `item-${index}`,
        amount: 100 + index,
      }));
      await db.insertInto('items').values(rows).execute();
    },
    create: context => createApp(context, flavour),
    sampleRequest: index =>
      new Request(`http://${name}/items/${flavour.asksForTrade ? 'traded' : 'item'}-${index % SEEDED_ROWS}`),
  });
}

function createApp({ db, clock }: ServiceContext<Tables>, flavour: Flavour): ServiceApp {
  const { wearsOutAfter = Number.POSITIVE_INFINITY } = flavour;
  let served = 0;
  return {
    fetch: async request => {
      if (++served > wearsOutAfter) return Response.json({ error: 'worn-out' }, { status: 503 });
      if (flavour.slowsDown === true) await clock.sleep(served);
      const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
      const row = await db.selectFrom('items').selectAll().where('id', '=', id).executeTakeFirst();
      if (flavour.zeroes === true)
        await db.updateTable('items').set({ amount: 0 }).where('id', '=', id).execute();
      return row === undefined ? Response.json({ error: 'unknown' }, { status: 404 }) : Response.json(row);
    },
    warm: async () => {
      if (flavour.cannotWarm === true) throw new Error('its cache does not load');
      await db.selectFrom('items').selectAll().execute();
    },
    stop: async () => undefined,
  };
}
