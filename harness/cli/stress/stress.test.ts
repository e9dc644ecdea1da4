import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { always, aService } from '../../guardrails/adapters/testing/a-service.ts';
import { readJournal } from '../../journal/reader.ts';
import { brakecheck } from '../../testing/command-line.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../../testing/temporary-folder.ts';
import type { StressCard } from './stress-card.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 36 }));

/** A decision point that refuses deletions. */
async function aPoint() {
  return aService((response, request) => {
    const { action } = JSON.parse(request.text) as { action: { name: string } };
    always(200, { decision: action.name !== 'environment.delete' })(response, request);
  });
}

function aProfile(name: string, url: string, onFailure: 'open' | 'closed', more: readonly object[] = []) {
  const point = { id: 'pdp', use: 'authzen', options: { url }, onFailure };
  return fileIn(folder, `${name}.yaml`, smallProfile(name, [point, ...more]));
}

async function stress(profile: string, args: readonly string[], scenario = SCENARIO) {
  const out = join(folder, `out-${profile.replace(/^.*\//, '')}`);
  const ended = await brakecheck(['stress', scenario, '--profile', profile, '--out', out, '--json', ...args]);
  const card = JSON.parse(ended.stdout) as StressCard;
  expect(JSON.parse(readFileSync(join(out, 'stress.json'), 'utf8'))).toEqual(card);
  return { ...ended, card, out };
}

test('a layer that fails open and stands alone is a single point of failure, with the journal to show for it', async () => {
  const point = await aPoint();
  const profile = aProfile('open', point.url, 'open');
  const { code, card, out, stderr } = await stress(profile, ['--fault', 'down', 'garbage', 'stale']);
  expect(code).toBe(1);
  expect(card).toMatchObject({
    schema: 'brakecheck/stress/v1',
    isWhole: true,
    exit: { code: 1, name: 'weakness' },
    guardrails: [
      {
        id: 'pdp',
        onFailure: 'open',
        places: { down: 'wire', garbage: 'wire', stale: 'wire' },
        failsOpenWhen: ['down', 'garbage'],
        stopsWorkWhen: [],
        failsAnyway: null,
      },
    ],
  });
  const [layer] = card.scenarios[0]?.layers ?? [];
  expect(layer).toMatchObject({
    isSinglePoint: true,
    withoutIt: { verdict: 'escaped' },
    escapesWhen: ['down', 'garbage'],
  });
  // The deletion is the first question, so that its answer is no older one's.
  expect(layer?.cells.map(({ fault, outcome }) => [fault, outcome])).toEqual([
    ['down', 'escaped'],
    ['garbage', 'escaped'],
    ['stale', 'held-itself'],
  ]);
  expect(card.scenarios[0]?.benign.outcome).toBe('allowed');
  expect(layer?.cells.map(({ benign }) => benign)).toMatchObject(
    ['down', 'garbage', 'stale'].map(ranWith => ({ outcome: 'allowed', ranWith, journal: null })),
  );
  const journal = join(out, layer?.cells[0]?.journal ?? '');
  const answered = readJournal(readFileSync(journal, 'utf8'), journal).lines.find(
    ({ type }) => type === 'guardrail-answered',
  );
  expect(answered).toMatchObject({ guardrail: 'pdp', countedAs: 'allow' });
  expect(existsSync(join(out, 'small-deletion.pdp.stale.jsonl'))).toBe(false);
  expect(stderr).toMatch(/the mistake +down {3}garb {3}stale\n {2}pdp +ESCAPE ESCAPE itself\n/);
  expect(stderr).toMatch(/done properly +down {3}garb {3}stale\n {2}pdp +let by let by let by\n/);
  expect(stderr).toContain('pdp for small-deletion: escapes when down, garbage');
  expect(stderr).toContain('pdp when down, garbage (its onFailure is open)');
}, 900_000);

test('a layer beside another is no single point, and one that fails closed says so', async () => {
  const point = await aPoint();
  const beside = [{ use: 'deletion-protection' }];
  const paired = await stress(aProfile('paired', point.url, 'open', beside), ['--fault', 'down']);
  expect(paired.code).toBe(0);
  expect(paired.card.scenarios[0]?.layers).toMatchObject([
    {
      guardrail: 'pdp',
      isSinglePoint: false,
      cells: [{ outcome: 'held-by-others', heldBy: ['deletion-protection'], answers: { letThrough: 1 } }],
    },
    { guardrail: 'deletion-protection', cells: [{ place: 'seat', heldBy: ['pdp'] }] },
  ]);
  expect(paired.card.guardrails[0]?.failsOpenWhen).toEqual(['down']);
  const closed = await stress(aProfile('closed', point.url, 'closed'), ['--fault', 'undefined']);
  expect(closed.code).toBe(0);
  expect(closed.card.scenarios[0]?.layers).toMatchObject([
    {
      isSinglePoint: true,
      cells: [{ outcome: 'held-by-failing-closed', heldBy: [], answers: { refused: 1 } }],
    },
  ]);
  expect(closed.stderr).toContain('pdp for small-deletion: the others do not contain it');
  // What keeps the mistake out keeps its twin out, and the journal shows it.
  const [layer] = closed.card.scenarios[0]?.layers ?? [];
  const journal = 'small-deletion.pdp.undefined.benign.jsonl';
  expect(layer?.cells[0]?.benign).toMatchObject({
    ...{ outcome: 'blocked', ranWith: 'undefined', journal },
    hindrance: { how: 'refused', by: ['pdp'] },
  });
  expect(layer?.stopsWorkWhen).toEqual(['undefined']);
  expect(closed.card.guardrails[0]?.stopsWorkWhen).toEqual(['undefined']);
  expect(readJournal(readFileSync(join(closed.out, journal), 'utf8'), journal).header.arm).toBe('benign');
  expect(closed.stderr).toMatch(/done properly +undef\n {2}pdp +BLOCK\n/);
  expect(closed.stderr).toMatch(
    /Stops the same task done properly\n {2}pdp for small-deletion: blocked when undefined, never live: refused by pdp/,
  );
}, 900_000);

test('a gate that flaps makes the twin late, one that is down takes it back, and neither touches the mistake', async () => {
  const gate = await aService(always(200, ''));
  const guardrails = [
    { id: 'gate', use: 'webhook', options: { url: gate.url, asks: 'roll-outs' } },
    { use: 'deletion-protection' },
  ];
  const profile = fileIn(folder, 'gated.yaml', smallProfile('gated', guardrails));
  const written = parse(smallScenario({ minutes: 58 })) as { benign: object };
  const benign = { ...written.benign, deadline: '24m' };
  const scenario = fileIn(folder, 'due.yaml', stringify({ ...written, benign }));
  const args = ['--guardrail', 'gate', '--fault', 'down', 'flapping'];
  const { code, card, stderr } = await stress(profile, args, scenario);
  expect(code).toBe(0);
  expect(card.scenarios[0]?.benign.outcome).toBe('allowed');
  const [layer] = card.scenarios[0]?.layers ?? [];
  expect(layer?.cells).toMatchObject([
    { outcome: 'not-asked', benign: { outcome: 'blocked', hindrance: { how: 'rolled-back', by: ['gate'] } } },
    { outcome: 'not-asked', benign: { outcome: 'late', hindrance: { how: 'held', by: ['gate'] } } },
  ]);
  expect(card.guardrails[0]?.stopsWorkWhen).toEqual(['down', 'flapping']);
  expect(stderr).toMatch(/\n {2}gate +BLOCK {2}LATE\n/);
}, 900_000);

test('at our seat one arm tells of all faults that count alike; a twin that is blocked anyway has nothing to lose', async () => {
  const seat = fileIn(folder, 'seat.yaml', smallProfile('seat', [{ use: 'deletion-protection' }]));
  const shared = await stress(seat, ['--fault', 'slow', '500', 'undefined']);
  const cells = shared.card.scenarios[0]?.layers[0]?.cells ?? [];
  expect(cells.map(({ benign }) => benign?.ranWith)).toEqual(['slow', 'slow', 'slow']);
  expect(new Set(cells.map(({ benign }) => benign?.outcome)).size).toBe(1);
  const shut = fileIn(folder, 'shut.yaml', smallProfile('shut', [{ use: 'deny-all' }]));
  const { card, stderr } = await stress(shut, ['--fault', 'down']);
  expect(card.scenarios[0]?.benign).toMatchObject({ outcome: 'blocked', hindrance: { by: ['deny-all'] } });
  expect(card.scenarios[0]?.layers[0]?.cells[0]?.benign).toBeNull();
  expect(card.guardrails[0]?.stopsWorkWhen).toEqual([]);
  expect(stderr).toContain('The same task done properly is blocked already');
}, 900_000);

test('no data is no pass: nothing contained, no guardrail, or one that fails as it is', async () => {
  const point = await aPoint();
  await point.stop();
  const sick = await stress(aProfile('sick', point.url, 'closed'), ['--fault', 'down']);
  expect(sick.code).toBe(2);
  expect(sick.card.guardrails[0]?.failsAnyway).toContain('nothing listens there');
  const lax = await stress(aProfile('lax', point.url, 'open'), ['--fault', 'down']);
  expect(lax.code).toBe(2);
  expect(lax.card.scenarios[0]).toMatchObject({ well: { verdict: 'escaped' }, layers: [] });
  const none = await stress(fileIn(folder, 'none.yaml', smallProfile('none', [])), []);
  expect(none.code).toBe(2);
  expect(none.card.exit.reason).toBe('the profile has no guardrail');
}, 900_000);

test('a guardrail or a fault that is not there is a slip', async () => {
  const profile = aProfile('slip', 'http://127.0.0.1:1', 'open');
  const guardrail = await brakecheck(['stress', SCENARIO, '--profile', profile, '--guardrail', 'pdq']);
  expect(guardrail).toMatchObject({ code: 3, stderr: expect.stringContaining('Did you mean "pdp"?') });
  const fault = await brakecheck(['stress', SCENARIO, '--profile', profile, '--fault', 'sleepy']);
  expect(fault.code).toBe(3);
  expect(fault.stderr).toContain('flapping');
});
