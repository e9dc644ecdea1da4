import { expect, test } from 'vitest';
import { companyForTest, HOUR_MS, MINUTE_MS } from './testing/company-for-test.ts';
import { SEEDED_ROWS } from './testing/test-builds.ts';

const CELL = 'shop/na';
const SLOT = 'production:shop/na';

test('the world starts with every slot seeded, warm, taking traffic and backed up, and charges nobody', async () => {
  const company = await companyForTest();
  const slots = company.plane.slots();
  expect(slots.map(({ slot }) => slot)).toEqual([
    ...['production:shop/na', 'production:shop/eu', 'production:stock/na', 'production:stock/eu'],
    ...['production:costs/cn', 'staging:shop/na'],
  ]);
  expect(slots.map(({ instances }) => instances.length)).toEqual([2, 2, 2, 2, 2, 1]);
  expect(slots.every(({ instances }) => instances.every(({ ready, weight }) => ready && weight > 0))).toBe(
    true,
  );
  expect(company.plane.backups()).toHaveLength(6);
  expect(company.clock.nowMs()).toBe(0);
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(true);
  expect(await company.settle(() => company.stack.visitSlot(SLOT, '/items/item-3'))).toBe(200);
});

test('a deleted environment is really gone, with its data', async () => {
  const company = await companyForTest();
  expect((await company.ask({ verb: 'environment.delete', resource: CELL })).status).toBe('done');
  expect(await company.stack.observe(SLOT, 'select * from items')).toBeNull();
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(false);
  expect(company.plane.backups().some(({ slot }) => slot === SLOT)).toBe(true);
  expect((await company.ask({ verb: 'environment.delete', resource: CELL })).status).toBe('failed');
});

test('deleting with backups leaves nothing to restore', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'environment.delete', resource: CELL, params: { withBackups: true } });
  await company.ask({ verb: 'environment.create', resource: CELL });
  const outcome = await company.ask({ verb: 'environment.restore', resource: CELL });
  expect(outcome).toEqual({ status: 'failed', reason: 'there is no backup newest of production:shop/na' });
});

test('recreating, restoring and validating take their time by the world file, and only then shoppers are let in', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'environment.delete', resource: CELL });
  await company.ask({ verb: 'environment.create', resource: CELL, params: { from: 'template' } });
  expect(company.clock.nowMs()).toBe(41 * MINUTE_MS);
  expect(await company.stack.observe(SLOT, 'select * from items')).toEqual([]);
  expect(await company.stack.visitSlot(SLOT, '/items/item-3')).toBe(0);
  const early = await company.ask({ verb: 'environment.validate', resource: CELL });
  expect(JSON.stringify(early)).toContain('items of production:shop/na holds 0 rows, its newest backup 20');
  expect(await company.stack.visitSlot(SLOT, '/items/item-3')).toBe(0);

  const beforeMs = company.clock.nowMs();
  expect((await company.ask({ verb: 'environment.restore', resource: CELL })).status).toBe('done');
  // 1 GB at 1 MB a second, a minute to start, 600 cache entries at one a second.
  expect(company.clock.nowMs() - beforeMs).toBe(1_000_000 + MINUTE_MS + 600_000);
  expect(await company.stack.observe(SLOT, 'select * from items')).toHaveLength(SEEDED_ROWS);
  expect(await company.stack.visitSlot(SLOT, '/items/item-3')).toBe(0);

  expect((await company.ask({ verb: 'environment.validate', resource: CELL })).status).toBe('done');
  expect(await company.stack.visitSlot(SLOT, '/items/item-3')).toBe(200);
  expect(company.events('effect-finished').at(-1)?.charged).toEqual([
    { phase: 'validate', durationMs: 500_000 },
  ]);
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(true);
});

test('a service whose sample requests ask for what nobody has bought yet is validated by its rows', async () => {
  const company = await companyForTest();
  const resource = 'costs/cn';
  await company.ask({ verb: 'environment.delete', resource });
  await company.ask({ verb: 'environment.create', resource });
  expect((await company.ask({ verb: 'environment.validate', resource })).status).toBe('failed');
  await company.ask({ verb: 'environment.restore', resource });
  expect((await company.ask({ verb: 'environment.validate', resource })).status).toBe('done');
});

test('an environment that was never validated is left out of the scheduled backups', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'environment.delete', resource: CELL });
  await company.ask({ verb: 'environment.create', resource: CELL });
  await company.pass(24 * HOUR_MS);
  const backups = company.plane.backups();
  expect(backups.filter(({ slot }) => slot === SLOT)).toHaveLength(1);
  expect(backups.filter(({ slot }) => slot === 'production:stock/na')).toHaveLength(2);
  expect(backups.find(({ slot }) => slot === 'production:stock/na')?.takenAtMs).toBe(18 * HOUR_MS);
  await company.ask({ verb: 'environment.restore', resource: CELL });
  expect((await company.ask({ verb: 'environment.validate', resource: CELL })).status).toBe('done');
});

test('a backup taken by hand is kept until it is deleted, and can be restored by its id', async () => {
  const company = await companyForTest();
  const taken = await company.ask({ verb: 'backup.take', resource: CELL });
  const [own] = (taken.status === 'done' ? taken.output.taken : []) as { backup: string }[];
  await company.ask({ verb: 'database.execute', resource: CELL, params: { sql: 'delete from items' } });
  await company.pass(24 * HOUR_MS);
  expect(await company.stack.observe(SLOT, 'select * from items')).toEqual([]);
  await company.ask({ verb: 'environment.restore', resource: CELL, params: { backup: own?.backup } });
  expect(await company.stack.observe(SLOT, 'select * from items')).toHaveLength(SEEDED_ROWS);
  expect((await company.ask({ verb: 'backup.delete', resource: CELL })).status).toBe('done');
  expect(company.plane.backups().some(({ slot }) => slot === SLOT)).toBe(false);
});

test('a plan can replace or delete, says so beforehand, and its rehearsal is evidence for it alone', async () => {
  const company = await companyForTest();
  const wish = { resource: CELL, door: 'pipeline', params: { replace: true } } as const;
  const dryRun = await company.ask({ ...wish, verb: 'plan.dry-run' });
  expect(dryRun).toMatchObject({
    status: 'done',
    output: { passed: true, diff: [{ slot: SLOT, change: 'replace' }], footprint: { destructive: true } },
  });
  const artefact = dryRun.status === 'done' ? String(dryRun.output.artefactId) : '';
  await company.ask({ ...wish, verb: 'plan.apply', evidence: [artefact, 'made-up'] });
  expect(company.carriedOut.at(-1)).toMatchObject({
    footprint: { destructive: true },
    facts: { evidence: [{ kind: 'dry-run', state: 'genuine', passed: true }, { state: 'forged' }] },
  });
  expect(await company.stack.observe(SLOT, 'select * from items')).toEqual([]);
  await company.ask({ ...wish, verb: 'plan.apply', params: { delete: true }, evidence: [artefact] });
  expect(company.carriedOut.at(-1)?.facts.evidence).toMatchObject([{ state: 'stale' }]);
  expect(company.stack.slots().some(({ slot }) => slot === SLOT)).toBe(false);
});

test('any action can be rehearsed, and the rehearsal is genuine evidence for it', async () => {
  const company = await companyForTest();
  const change = { verb: 'compute.resize', params: { instances: 3 } };
  const dryRun = await company.ask({
    verb: 'plan.dry-run',
    resource: CELL,
    door: 'pipeline',
    params: change,
  });
  const artefact = dryRun.status === 'done' ? String(dryRun.output.artefactId) : '';
  await company.ask({ ...change, resource: CELL, door: 'console', evidence: [artefact] });
  expect(company.carriedOut.at(-1)?.facts.evidence).toMatchObject([{ kind: 'dry-run', state: 'genuine' }]);
});

test('a new environment of its own can be made from a name that nobody declared, but no new production cell', async () => {
  const company = await companyForTest();
  expect((await company.ask({ verb: 'environment.create', resource: 'sandbox:shop/eu' })).status).toBe(
    'done',
  );
  expect((await company.ask({ verb: 'environment.describe', resource: 'sandbox:shop/eu' })).status).toBe(
    'done',
  );
  expect((await company.ask({ verb: 'environment.create', resource: 'shop/cn' })).status).toBe('failed');
});
