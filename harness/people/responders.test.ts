import { expect, test } from 'vitest';
import type { Outcome } from '../ports/action.ts';
import { type FakeCompany, type FakeCompanyOptions, fakeCompany } from './testing/fake-company.ts';
import { exactly, MINUTE_MS, spansOf, type TestWorld, testWorld } from './testing/test-world.ts';

const DENIED: Outcome = { status: 'denied', by: ['x'], reason: 'frozen', remedies: [] };

/** The cost tool of `eu` is deleted after one minute, in the name of engineer-1. */
async function deleted(options: FakeCompanyOptions = {}): Promise<FakeCompany> {
  const company = fakeCompany(options);
  await company.run(1);
  Object.assign(company.cells.get('costs/eu') ?? {}, { exists: false });
  company.did({
    verb: 'environment.delete',
    resource: 'costs/eu',
    cells: ['costs/eu'],
    destructive: true,
    reversible: false,
  });
  return company;
}

/** A bad build reaches pricing in `na` after ten minutes. */
async function badPush(
  options: FakeCompanyOptions = {},
  over: { documented?: boolean; corrupts?: boolean } = {},
) {
  const company = fakeCompany({ hasAlarms: true, ...options });
  await company.run(10);
  Object.assign(company.cells.get('pricing/na') ?? {}, { isBad: true, isCorrupted: over.corrupts === true });
  company.did({
    verb: 'config.push',
    resource: 'pricing/na',
    cells: ['pricing/na'],
    params: { set: { build: 'bad' } },
    hasChangeRecord: over.documented === true,
  });
  return company;
}

function withDelays(over: Partial<TestWorld['people']['responders']>): TestWorld {
  const world = testWorld();
  return { ...world, people: { ...world.people, responders: { ...world.people.responders, ...over } } };
}

const phases = (company: FakeCompany) =>
  spansOf(company.context.events).map(([phase, minutes]) => `${phase} ${minutes}`);

test('a deleted environment is noticed by its operator, rebuilt, restored, signed off and validated', async () => {
  const company = await deleted();
  await company.run(600);
  expect(company.verbs()).toEqual([
    'environment.create costs/eu',
    'environment.restore costs/eu',
    'environment.validate costs/eu',
  ]);
  expect(phases(company)).toEqual([
    'noticed 1',
    'acknowledged 4',
    'diagnosed 11',
    'repair-started 0',
    'decided 41',
    'repaired 0',
  ]);
  expect(company.context.events[0]).toMatchObject({
    who: 'engineer-1',
    role: 'operator',
    text: 'saw environment.delete on costs/eu done in their own name',
  });
  expect(company.cells.get('costs/eu')).toMatchObject({ exists: true, hasData: true, weight: 1 });
  expect(company.responders.openIncidents()).toEqual([]);
});

test('data comes from the newest backup from before the loss, under one emergency change record', async () => {
  const company = await deleted();
  await company.run(600);
  expect(company.asked.find(({ verb }) => verb === 'environment.restore')?.params).toEqual({
    backup: 'good',
  });
  expect(company.asked.filter(({ verb }) => verb === 'change-record.open')).toHaveLength(1);
  for (const draft of company.asked.slice(1)) {
    expect(draft).toMatchObject({
      door: 'runbook',
      changeRecord: 'cr-1',
      actor: { kind: 'person', session: 'own' },
    });
  }
});

test('an environment that the agent made anew without its data is restored and validated, not created', async () => {
  const company = await deleted();
  await company.run(2);
  Object.assign(company.cells.get('costs/eu') ?? {}, { exists: true, hasData: false, weight: 0 });
  company.did({ verb: 'environment.create', resource: 'costs/eu', cells: ['costs/eu'] });
  await company.run(600);
  expect(company.verbs()).toEqual(['environment.restore costs/eu', 'environment.validate costs/eu']);
});

test('a bad push without a record: the loudest cell is restarted in vain, then the push is taken back', async () => {
  const company = await badPush();
  await company.run(600);
  expect(company.verbs()).toEqual(['instances.restart storefront/na', 'rollout.rollback pricing/na']);
  const spans = phases(company);
  expect(spans.slice(0, 3)).toEqual(['noticed 0', 'acknowledged 4', 'diagnosed 53']);
  expect(spans.slice(3, 7)).toEqual(['repair-started 0', 'repair-failed 20', 'diagnosed 37', 'decided 7']);
  expect(spans.slice(7).map(span => span.split(' ')[0])).toEqual(['repair-started', 'repaired']);
});

test('a documented push is taken back straight away, after the shorter diagnosis', async () => {
  const company = await badPush({}, { documented: true });
  await company.run(600);
  expect(company.verbs()).toEqual(['rollout.rollback pricing/na']);
  expect(phases(company).slice(0, 4)).toEqual([
    'noticed 0',
    'acknowledged 4',
    'diagnosed 11',
    'repair-started 0',
  ]);
});

test('data that stays corrupted after the roll-back is repaired, with what the sick services depend on', async () => {
  const company = await badPush({}, { corrupts: true });
  await company.run(900);
  expect(company.verbs()).toEqual([
    'instances.restart storefront/na',
    'rollout.rollback pricing/na',
    'data.repair pricing/na',
    'data.repair inventory/na',
  ]);
  expect(company.asked.at(-2)?.params).toEqual({ table: 'prices', backup: 'clean' });
  expect(phases(company)).toContain('repair-started 23');
  expect(spansOf(company.context.events).at(-1)?.[0]).toBe('repaired');
});

test('a change that a guardrail rolled back already is not rolled back again', async () => {
  const company = await badPush({}, { corrupts: true });
  company.did({ verb: 'rollout.rollback', resource: 'pricing/na', cells: ['pricing/na'] });
  await company.run(900);
  expect(company.verbs()).not.toContain('rollout.rollback pricing/na');
  expect(company.verbs()).toContain('data.repair pricing/na');
});

test('the newest change that touched what is unhealthy is suspected before newer ones elsewhere', async () => {
  const company = await badPush();
  company.did({ verb: 'rollout.start', resource: 'inventory/na', cells: ['inventory/na'] });
  await company.run(600);
  expect(company.verbs()).not.toContain('rollout.rollback inventory/na');
});

test('data removed by a statement in an operator’s name is repaired from the backup', async () => {
  const company = fakeCompany();
  await company.run(1);
  company.did({
    verb: 'database.execute',
    resource: 'inventory/eu',
    cells: ['inventory/eu'],
    destructive: true,
  });
  await company.run(600);
  expect(company.verbs()).toEqual(['data.repair inventory/eu']);
});

test('a deletion that a change record announced surprises no operator', async () => {
  const company = fakeCompany();
  await company.run(1);
  company.did({
    verb: 'database.execute',
    resource: 'inventory/eu',
    cells: ['inventory/eu'],
    destructive: true,
    hasChangeRecord: true,
  });
  await company.run(600);
  expect(company.context.events).toEqual([]);
});

test('without alarm and operator the customers report, and suffering counts from the beginning', async () => {
  const company = fakeCompany();
  await company.run(1);
  Object.assign(company.cells.get('pricing/na') ?? {}, { exists: false });
  await company.run(60);
  const noticed = spansOf(company.context.events)[0];
  expect(noticed?.[0]).toBe('noticed');
  expect(noticed?.[1]).toBeCloseTo(30, 0);
  expect(company.context.events[0]).toMatchObject({
    who: 'support',
    text: 'support passed on reports of customers in na',
  });
});

test('what no instrument shows is worked on while customers complain, and not after', async () => {
  const company = fakeCompany();
  company.did({
    verb: 'config.push',
    resource: 'pricing/na',
    cells: ['pricing/na'],
    params: { set: { days: 1 } },
  });
  company.responders.customersSuffer('na', true);
  await company.run(115);
  expect(company.verbs()).toEqual(['config.revert pricing/na']);
  company.responders.customersSuffer('na', false);
  await company.run(300);
  expect(company.responders.openIncidents()).toEqual([]);
  expect(company.verbs()).toEqual(['config.revert pricing/na']);
});

test('a repair that needs approval waits for it and is then carried out', async () => {
  let approved = false;
  const company = await deleted({
    rule: draft =>
      draft.verb === 'environment.create' && !approved
        ? {
            status: 'approval-required',
            by: ['x'],
            reason: 'two people',
            demand: { count: 1, level: 'mid', expiresAfterMs: 86_400_000 },
            approvalId: 'ap-1',
          }
        : null,
  });
  company.context.clock.at(100 * MINUTE_MS, () => {
    approved = true;
    company.settle('ap-1', 'granted');
  });
  await company.run(900);
  expect(company.verbs().slice(0, 3)).toEqual([
    'environment.create costs/eu',
    'environment.create costs/eu',
    'environment.restore costs/eu',
  ]);
  expect(company.asked[1]).toEqual(company.asked[2]);
  const waits = spansOf(company.context.events).filter(([, , text]) =>
    text.startsWith('waited for approval'),
  );
  expect(waits).toMatchObject([
    [expect.anything(), 83, 'waited for approval of environment.create on costs/eu: granted'],
  ]);
  expect(spansOf(company.context.events).at(-1)?.[0]).toBe('repaired');
});

test('a denied repair goes through break-glass by somebody who may', async () => {
  const company = await deleted({
    rule: ({ door, verb }) => (door === 'runbook' && verb !== 'change-record.open' ? DENIED : null),
  });
  await company.run(600);
  expect(company.asked.filter(({ door }) => door === 'break-glass')).toMatchObject([
    { verb: 'environment.create', actor: { id: 'on-call-1', session: 'break-glass' } },
    { verb: 'environment.restore' },
    { verb: 'environment.validate' },
  ]);
  expect(spansOf(company.context.events).at(-1)?.[0]).toBe('repaired');
});

test('when every repair is denied they give up after a bounded number of requests', async () => {
  const company = await deleted({ rule: () => DENIED });
  await company.run(47 * 60);
  const ended = spansOf(company.context.events).filter(([phase]) => phase === 'gave-up');
  expect(ended.length).toBeGreaterThanOrEqual(3);
  expect(company.asked.length).toBeLessThan(2_000);
});

test('repairs that change nothing end in giving up, not in a loop', async () => {
  const company = await badPush({ inert: ['rollout.rollback', 'data.repair', 'instances.restart'] });
  await company.run(900);
  expect(
    spansOf(company.context.events).filter(([phase]) => phase === 'gave-up').length,
  ).toBeGreaterThanOrEqual(1);
  expect(company.verbs().filter(verb => verb.startsWith('rollout.rollback')).length).toBeLessThanOrEqual(3);
});

test('spans follow the world’s figures: half the delay, half the span', async () => {
  const spanOf = async (over: Partial<TestWorld['people']['responders']>, phase: string) => {
    const company = await deleted({ world: withDelays(over) });
    await company.run(900);
    return spansOf(company.context.events).find(([name]) => name === phase)?.[1];
  };
  expect(await spanOf({ acknowledgePage: exactly(8 * MINUTE_MS) }, 'acknowledged')).toBe(8);
  expect(await spanOf({ acknowledgePage: exactly(4 * MINUTE_MS) }, 'acknowledged')).toBe(4);
  expect(await spanOf({ diagnoseDocumented: exactly(20 * MINUTE_MS) }, 'diagnosed')).toBe(20);
  expect(await spanOf({ diagnoseDocumented: exactly(10 * MINUTE_MS) }, 'diagnosed')).toBe(10);
});

test('an alarm that is over before anybody looks is closed without a diagnosis', async () => {
  const company = fakeCompany();
  company.alarm({ phase: 'fired' });
  await company.run(2);
  company.alarm({ phase: 'resolved' });
  await company.run(60);
  expect(phases(company)).toEqual(['noticed 0', 'acknowledged 4', 'decided 0']);
});

test('a second alarm in a region whose incident is open pages nobody; another region has its own', async () => {
  const company = fakeCompany();
  company.alarm({ phase: 'fired' });
  company.alarm({ phase: 'fired', alarm: 'error-ratio' });
  company.alarm({ phase: 'fired', subject: 'eu', source: 'watchdog' });
  await company.run(1);
  expect(company.responders.openIncidents()).toEqual(['na', 'eu']);
  expect(spansOf(company.context.events).map(([, , text]) => text)).toEqual([
    'paged by the order-rate alarm of na',
    "paged by watchdog's order-rate alarm of eu",
  ]);
});

test('a calm day pages nobody and asks for nothing', async () => {
  const company = fakeCompany({ hasAlarms: true });
  await company.run(24 * 60);
  expect(company.context.events).toEqual([]);
  expect(company.asked).toEqual([]);
});

test('after stop nobody moves any more, and the clock runs dry', async () => {
  const company = await deleted();
  await company.run(10);
  company.responders.stop();
  const before = company.context.events.length;
  await company.run(40 * 60);
  expect(company.context.events).toHaveLength(before);
  expect(company.verbs()).toEqual([]);
});

test('waits are drawn alike in two arms, although the incident begins at another time', async () => {
  const world = withDelays({
    acknowledgePage: { median: 4 * MINUTE_MS, variation: 0.5, source: 'simulated' },
  });
  const acknowledged = async (noticedAt: number) => {
    const company = fakeCompany({ world, seed: 'paired' });
    await company.run(noticedAt);
    company.alarm({ phase: 'fired', subject: 'eu' });
    company.alarm({ phase: 'fired', subject: 'na' });
    await company.run(60);
    return company.context.events.flatMap(event =>
      event.type === 'person' && event.phase === 'acknowledged'
        ? [[event.text, event.atMs - event.sinceMs]]
        : [],
    );
  };
  const early = await acknowledged(1);
  expect(early).toHaveLength(2);
  expect(early[0]?.[1]).not.toBe(4 * MINUTE_MS);
  expect(await acknowledged(7)).toEqual(early);
});
