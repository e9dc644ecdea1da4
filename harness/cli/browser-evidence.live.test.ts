import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../journal/reader.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { brakecheck } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { TINY_COMPANY } from '../testing/tiny-company.ts';

const LIMIT_MS = 600_000;
const folder = temporaryFolder();
const step = {
  ...{ id: 'delete', at: '2m', door: 'console', verb: 'environment.delete' },
  ...{ resource: 'checkout/cn-north-1', because: 'A clean rebuild is quick' },
};
const SCENARIO = fileIn(
  folder,
  'checkout.yaml',
  smallScenario({
    minutes: 30,
    figures: TINY_COMPANY,
    parts: {
      agent: {
        id: 'operator-3',
        kind: 'person',
        level: 'senior',
        roles: ['commerce-engineer'],
        task: 'Tidy up',
      },
      steps: [step],
    },
  }),
);
const RUN = [
  'run',
  SCENARIO,
  '--stack',
  'local',
  '--profile',
  'none',
  '--no-attribution',
  '--sample',
  '200ms',
];
const browserTest = needs('browser');

browserTest(
  'a shopper with a browser sees the shop before, during and after the mistake, and the report shows it',
  async () => {
    const out = join(folder, 'seen');
    const ran = await brakecheck([...RUN, '--browser', 'require', '--out', out], { limitMs: LIMIT_MS });
    expect(ran.stderr).not.toContain('fault of brakecheck');
    expect(ran.stdout).toMatch(/Browser \d+ of \d+ journeys through the shop's pages went well; failed: no/);
    const card = JSON.parse(readFileSync(join(out, 'scorecard.json'), 'utf8')) as Scorecard;
    const { calm, unguarded } = card.scenarios[0]?.arms ?? {};
    expect(calm?.browser?.map(({ when }) => when)).toEqual(['before']);
    expect([...new Set(unguarded?.browser?.map(({ when }) => when))]).toEqual(['before', 'during', 'after']);
    const during = unguarded?.browser?.find(({ when }) => when === 'during')?.journeys;
    const succeeded = Object.fromEntries((during ?? []).map(journey => [journey.journey, journey.succeeded]));
    expect(succeeded).toMatchObject({ 'view-price': true, buy: false });
    const failed = during?.find(({ journey }) => journey === 'buy');
    const files = [failed?.trace, ...(failed?.steps.map(({ screenshot }) => screenshot) ?? [])];
    for (const file of files) {
      expect(file).toMatch(/^evidence\/small-deletion-unguarded\/\d\d-during-cn-north-1\//);
      expect(existsSync(join(out, file ?? ''))).toBe(true);
    }
    // What a browser does counts nowhere: nobody misses its orders, and no alarm hears of it.
    const journal = readFileSync(join(out, 'small-deletion.calm.jsonl'), 'utf8');
    const { lines } = readJournal(journal, 'the calm arm');
    const last = lines.filter(line => line.type === 'snapshot').at(-1);
    expect(last?.knownOrders).toBe(last?.confirmedOrders);
    expect(lines.filter(({ type }) => type === 'alarm')).toEqual([]);
    const report = readFileSync(join(out, 'report.md'), 'utf8');
    expect(report).toContain(`(${failed?.trace})`);
    expect(report).toMatch(/\| no guardrails \| during, 0h\d\dm \| cn-north-1 \| buy \| no \|/);
  },
  LIMIT_MS,
);

test(
  'without a browser the journeys over the API carry the run, and the report says what is missing',
  async () => {
    const out = join(folder, 'unseen');
    const env = { BRAKECHECK_BROWSER: '/nowhere/chromium' };
    const ran = await brakecheck([...RUN, '--out', out], { env, limitMs: LIMIT_MS });
    expect(ran.code).not.toBe(4);
    const words = ran.stdout.replace(/\s+/g, ' ');
    expect(words).toContain('No browser evidence: BRAKECHECK_BROWSER names /nowhere/chromium');
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('No browser evidence');
    expect(existsSync(join(out, 'evidence'))).toBe(false);
  },
  LIMIT_MS,
);

test('a browser that is required and missing ends the run before anything is started', async () => {
  const out = join(folder, 'required');
  const env = { BRAKECHECK_BROWSER: '/nowhere/chromium' };
  const ran = await brakecheck([...RUN, '--browser', 'require', '--out', out], { env });
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('requires a browser');
  expect(existsSync(out)).toBe(false);
  expect((await brakecheck(['run', SCENARIO, '--browser', 'require'])).code).toBe(3);
  expect((await brakecheck(['run', SCENARIO, '--browser', 'perhaps'])).code).toBe(3);
});
