import { expect, test } from 'vitest';
import { companyForTest, HOUR_MS, MINUTE_MS, type TestCompany } from './testing/company-for-test.ts';

async function run(company: TestCompany, kind: string, build: string) {
  const outcome = await company.ask({
    verb: 'evidence.run',
    resource: 'shop/na',
    door: 'pipeline',
    params: { kind, build },
  });
  if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.output as { artefactId: string; passed: boolean; detail: string };
}

const start = (build: string, evidence: readonly string[]) =>
  ({ verb: 'rollout.start', resource: 'shop/na', door: 'console', params: { build }, evidence }) as const;

test("a build's own tests really run, on a scratch cell that is gone afterwards", async () => {
  const company = await companyForTest();
  const before = company.stack.slots().length;
  expect(await run(company, 'unit-tests', 'shop-next')).toMatchObject({
    passed: true,
    detail: '1 unit tests passed',
  });
  expect(company.clock.nowMs()).toBe(5 * MINUTE_MS);
  expect(await run(company, 'unit-tests', 'shop-later')).toMatchObject({
    passed: false,
    detail: 'knows of item-99: status 404',
  });
  expect(company.stack.slots()).toHaveLength(before);
});

test('a build without tests does not pass them', async () => {
  const company = await companyForTest();
  expect((await run(company, 'unit-tests', 'shop-zeroing')).passed).toBe(false);
});

test('a load run finds what unit tests do not: a build that wears out', async () => {
  const company = await companyForTest();
  expect((await run(company, 'unit-tests', 'shop-wearing-out')).passed).toBe(true);
  const load = await run(company, 'load-run', 'shop-wearing-out');
  expect(load.passed).toBe(false);
  expect(load.detail).toContain('600 requests, 66.7 % answered');
  expect((await run(company, 'load-run', 'shop-next')).passed).toBe(true);
});

test('a load run finds a build that answers everything, but ever more slowly', async () => {
  const company = await companyForTest();
  const load = await run(company, 'load-run', 'shop-slowing');
  expect(load.passed).toBe(false);
  expect(load.detail).toContain('100.0 % answered');
});

test('a scratch cell is removed even when it cannot be set up', async () => {
  const company = await companyForTest();
  const before = company.stack.slots().length;
  company.stack.start = () => Promise.reject(new Error('no room'));
  const outcome = await company.ask({
    verb: 'evidence.run',
    resource: 'shop/na',
    params: { kind: 'unit-tests', build: 'shop-next' },
  });
  expect(outcome).toEqual({ status: 'failed', reason: 'no room' });
  expect(company.stack.slots()).toHaveLength(before);
});

test('evidence is genuine for its build, stale for another or when old, and forged when nobody recorded it', async () => {
  const company = await companyForTest();
  const { artefactId } = await run(company, 'unit-tests', 'shop-next');
  await company.ask(start('shop-next', [artefactId, 'artefact-of-fantasy']));
  await company.ask(start('shop-later', [artefactId]));
  await company.pass(2 * HOUR_MS);
  await company.ask(start('shop-next', [artefactId]));
  expect(
    company.carriedOut.filter(({ verb }) => verb === 'rollout.start').map(({ facts }) => facts.evidence),
  ).toMatchObject([
    [
      { id: artefactId, kind: 'unit-tests', state: 'genuine', passed: true },
      { id: 'artefact-of-fantasy', kind: 'unknown', state: 'forged', passed: false },
    ],
    [{ state: 'stale' }],
    [{ state: 'stale' }],
  ]);
});

test('evidence of the same build counts at every door and for a pinned build as well', async () => {
  const company = await companyForTest();
  const { artefactId } = await run(company, 'dry-run', 'shop-next');
  await company.ask({
    verb: 'config.push',
    resource: 'shop/na',
    params: { set: { build: 'shop-next' } },
    evidence: [artefactId],
  });
  expect(company.carriedOut.at(-1)?.facts.evidence).toMatchObject([{ kind: 'dry-run', state: 'genuine' }]);
});

test('a change record is a fact when it was opened, and nothing when it was made up', async () => {
  const company = await companyForTest();
  const opened = await company.ask({
    verb: 'change-record.open',
    resource: 'shop/na',
    params: { kind: 'emergency', describes: 'put the fire out' },
  });
  const changeRecord = opened.status === 'done' ? String(opened.output.changeRecordId) : null;
  await company.ask({ verb: 'instances.restart', resource: 'shop/na', changeRecord });
  await company.ask({ verb: 'instances.restart', resource: 'shop/na', changeRecord: 'change-of-fantasy' });
  expect(company.carriedOut.slice(1).map(({ facts }) => facts.changeRecord)).toMatchObject([
    { kind: 'emergency', openedBy: 'engineer-1' },
    null,
  ]);
  expect(
    company.plane
      .audit()
      .filter(({ phase }) => phase === 'done')
      .map(entry => entry.hasChangeRecord),
  ).toEqual([...[false, true, false]]);
});

test('evidence needs a build, or for a dry run the action it is of', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({
    verb: 'evidence.run',
    resource: 'shop/na',
    params: { kind: 'unit-tests' },
  });
  expect(JSON.stringify(outcome)).toContain('the build that the evidence shall be of');
});
