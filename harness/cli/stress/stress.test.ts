import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { always, aService } from '../../guardrails/adapters/testing/a-service.ts';
import { readJournal } from '../../journal/reader.ts';
import { brakecheck } from '../../testing/command-line.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../../testing/temporary-folder.ts';
import type { StressCard } from './stress-card.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 25 }));

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

async function stress(profile: string, args: readonly string[]) {
  const out = join(folder, `out-${profile.replace(/^.*\//, '')}`);
  const ended = await brakecheck(['stress', SCENARIO, '--profile', profile, '--out', out, '--json', ...args]);
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
  const journal = join(out, layer?.cells[0]?.journal ?? '');
  const answered = readJournal(readFileSync(journal, 'utf8'), journal).lines.find(
    ({ type }) => type === 'guardrail-answered',
  );
  expect(answered).toMatchObject({ guardrail: 'pdp', countedAs: 'allow' });
  expect(existsSync(join(out, 'small-deletion.pdp.stale.jsonl'))).toBe(false);
  expect(stderr).toMatch(/down {3}garb {3}stale\n {2}pdp +ESCAPE ESCAPE itself\n/);
  expect(stderr).toContain('pdp for small-deletion: escapes when down, garbage');
  expect(stderr).toContain('pdp when down, garbage (its onFailure is open)');
}, 120_000);

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
}, 120_000);

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
}, 120_000);

test('a guardrail or a fault that is not there is a slip', async () => {
  const profile = aProfile('slip', 'http://127.0.0.1:1', 'open');
  const guardrail = await brakecheck(['stress', SCENARIO, '--profile', profile, '--guardrail', 'pdq']);
  expect(guardrail).toMatchObject({ code: 3, stderr: expect.stringContaining('Did you mean "pdp"?') });
  const fault = await brakecheck(['stress', SCENARIO, '--profile', profile, '--fault', 'sleepy']);
  expect(fault.code).toBe(3);
  expect(fault.stderr).toContain('flapping');
});
