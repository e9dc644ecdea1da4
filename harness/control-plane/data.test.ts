import fc from 'fast-check';
import { expect, test } from 'vitest';
import { natureOf, quoteValue } from './sql-text.ts';
import { companyForTest, HOUR_MS } from './testing/company-for-test.ts';

const SLOT = 'production:shop/na';
const execute = (sql: string) => ({ verb: 'database.execute', resource: 'shop/na', params: { sql } });

test('statements run for real, and say beforehand whether they read, change or destroy', async () => {
  const company = await companyForTest();
  const read = await company.ask(execute('select count(*) as n from items'));
  expect(read).toMatchObject({ output: { results: [{ slot: SLOT, rows: [{ n: 20 }] }] } });
  await company.ask(execute("update items set amount = 1 where id = 'item-1'"));
  await company.ask(execute('delete from items'));
  const footprints = company.events('action-requested').map(({ footprint }) => footprint);
  expect(footprints).toMatchObject([
    { readOnly: true, cells: [] },
    { readOnly: false, destructive: false, reversible: false, cells: ['shop/na'] },
    { readOnly: false, destructive: true, reversible: false },
  ]);
  expect(await company.stack.observe(SLOT, 'select * from items')).toEqual([]);
  expect((await company.ask(execute('select nonsense from nowhere'))).status).toBe('failed');
});

test.each([
  ["select * from items where note = 'drop table items'", { readOnly: true, destructive: false }],
  ['select "delete" from items -- drop', { readOnly: true, destructive: false }],
  ['with gone as (delete from items returning *) select * from gone', { readOnly: false, destructive: true }],
  ['explain analyze delete from items', { readOnly: false, destructive: true }],
  ['select 1; drop table items', { readOnly: false, destructive: true }],
  ['update items set amount = 0', { readOnly: false, destructive: true }],
  ["update items set amount = 0 where id = 'a'", { readOnly: false, destructive: false }],
  ['insert into items values (1)', { readOnly: false, destructive: false }],
  ['TRUNCATE items', { readOnly: false, destructive: true }],
  ['alter table items drop column amount', { readOnly: false, destructive: true }],
  ['select * into copy from items', { readOnly: false, destructive: false }],
  ['', { readOnly: false, destructive: false }],
])('the nature of %s', (sql, nature) => {
  expect(natureOf(sql)).toEqual(nature);
});

test('a quoted value never ends its own quotation', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(quoteValue(text).slice(1, -1).replaceAll("''", '')).not.toContain("'");
    }),
  );
});

test('a repair puts back what is missing or differs, leaves new rows alone, and takes time by the damage', async () => {
  const company = await companyForTest();
  await company.ask(execute("delete from items where id in ('item-1', 'item-2')"));
  await company.ask(execute("update items set amount = 0 where id = 'item-3'"));
  await company.ask(execute("insert into items values ('item-new', 7)"));
  const before = company.clock.nowMs();
  const outcome = await company.ask({ verb: 'data.repair', resource: 'shop/na', params: { table: 'items' } });
  expect(outcome).toMatchObject({ output: { repaired: [{ slot: SLOT, table: 'items', rows: 3 }] } });
  // 3 rows, each standing for 100, at 10 a second.
  expect(company.clock.nowMs() - before).toBe(30_000);
  const rows = await company.stack.observe(SLOT, 'select * from items');
  expect(rows).toHaveLength(21);
  expect(rows).toContainEqual({ id: 'item-3', amount: 103 });
  expect(rows).toContainEqual({ id: 'item-new', amount: 7 });
  expect(company.stack.slots().some(({ slot }) => slot.startsWith('scratch'))).toBe(false);
  const again = await company.ask({ verb: 'data.repair', resource: 'shop/na', params: { table: 'items' } });
  expect(again).toMatchObject({ output: { repaired: [{ rows: 0 }] } });
  expect(company.events('effect-finished').at(-1)?.changed).toBe(false);
});

test('any damage to watched values is repaired', async () => {
  const company = await companyForTest();
  const table = await company.stack.observe(SLOT, 'select * from items');
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 0, max: 19 })),
      fc.uniqueArray(fc.integer({ min: 0, max: 19 })),
      async (lost, changed) => {
        for (const n of changed)
          await company.ask(execute(`update items set amount = -${n} where id = 'item-${n}'`));
        for (const n of lost) await company.ask(execute(`delete from items where id = 'item-${n}'`));
        await company.ask({ verb: 'data.repair', resource: 'shop/na', params: { table: 'items' } });
        const rows = await company.stack.observe(SLOT, 'select * from items order by rowid');
        expect(new Set(rows?.map(row => JSON.stringify(row)))).toEqual(
          new Set(table?.map(row => JSON.stringify(row))),
        );
      },
    ),
    { numRuns: 15 },
  );
});

test('a repair names the tables that can be repaired, and can use an older backup', async () => {
  const company = await companyForTest();
  const wrong = await company.ask({ verb: 'data.repair', resource: 'shop/na', params: { table: 'carts' } });
  expect(wrong).toMatchObject({ reason: 'carts is no watched table of shop; those are: items' });
  const [old] = company.plane.backups().filter(({ slot }) => slot === SLOT);
  await company.ask(execute('update items set amount = 0'));
  await company.pass(7 * HOUR_MS);
  const params = { table: 'items', backup: 'newest' };
  expect(await company.ask({ verb: 'data.repair', resource: 'shop/na', params })).toMatchObject({
    output: { repaired: [{ rows: 0 }] },
  });
  await company.ask({ verb: 'data.repair', resource: 'shop/na', params: { ...params, backup: old?.id } });
  expect(await company.stack.observe(SLOT, 'select sum(amount) as total from items')).toEqual([
    { total: 2190 },
  ]);
});

test('a migration runs for real and is named irreversible', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'database.migrate', resource: 'shop/na', params: { build: 'shop-next' } });
  expect(await company.stack.observe(SLOT, 'select * from notes')).toEqual([]);
  expect(company.carriedOut[0]?.footprint.reversible).toBe(false);
});
