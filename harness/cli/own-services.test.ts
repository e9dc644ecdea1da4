// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of maps look like that.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { always, aService } from '../guardrails/adapters/testing/a-service.ts';
import { digestOf } from '../kernel/digest.ts';
import { brakecheck, runSmall } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 25 }));
fileIn(
  folder,
  'map.yaml',
  'apiVersion: brakecheck/v1\nkind: Map\nmetadata: { id: w, title: W }\nverbs: { environment.delete: { action: { name: DeleteStack } } }\n',
);
const TOKEN = 'token-that-nobody-may-see';
const ENV = { env: { PDP_TOKEN: TOKEN } };

/** A decision point that refuses deletions, and repeats the token that it was sent. */
async function aDecisionPoint(refusal = 'not in production') {
  return aService((response, request) => {
    const { action } = JSON.parse(request.text) as { action: { name: string } };
    const decision = action.name !== 'DeleteStack';
    const reason = decision ? 'fine' : `${refusal}, ${request.headers.authorization}`;
    always(200, { decision, context: { reason } })(response, request);
  });
}

function aProfile(name: string, url: string, more: readonly object[] = []): string {
  const options = { url, map: './map.yaml', auth: { bearerFrom: 'PDP_TOKEN' } };
  return fileIn(
    folder,
    `${name}.yaml`,
    smallProfile(name, [{ id: 'pdp', use: 'authzen', options }, ...more]),
  );
}

test('explain shows the request as the service receives it, and the answer, without the token', async () => {
  const service = await aDecisionPoint();
  const profile = aProfile('explained', service.url, [{ use: 'deletion-protection' }]);
  const json = await brakecheck(['explain', SCENARIO, '--profile', profile, '--json'], ENV);
  expect(json.stderr).toBe('');
  expect(json.code).toBe(0);
  const { schema, arm, exchanges } = JSON.parse(json.stdout);
  expect({ schema, arm }).toEqual({ schema: 'brakecheck/explanation/v1', arm: 'guarded' });
  const [first, second] = exchanges;
  expect(first).toMatchObject({
    guardrail: 'pdp',
    asked: 'environment.delete on cost-explorer/cn-north-1',
    request: { method: 'POST', headers: { authorization: 'Bearer (secret from PDP_TOKEN)' } },
    response: { status: 200, body: { decision: false } },
    answer: { effect: 'deny', reason: 'not in production, Bearer (secret from PDP_TOKEN)' },
  });
  expect(first.request.body).toEqual(JSON.parse(service.received[0]?.text ?? ''));
  expect(service.received[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(second).toMatchObject({ guardrail: 'deletion-protection', isOutside: false, response: null });
  expect(second.request.facts).toBeDefined();
  const text = await brakecheck(
    ['explain', SCENARIO, '--profile', profile, '--arm', 'benign', '--guardrail', 'pdp'],
    ENV,
  );
  expect(text.stdout).toContain('arm benign');
  expect(text.stdout).toContain('"name": "build.submit"');
  expect(text.stdout).toContain('  answer   allow: fine\n');
  expect(json.stdout + text.stdout).not.toContain(TOKEN);
});

test('a guardrail that is never asked is inconclusive, and one that is not there a slip', async () => {
  const profile = fileIn(
    folder,
    'absent.yaml',
    smallProfile('absent', [{ use: 'deny-all', doors: ['break-glass'] }]),
  );
  const mute = await brakecheck(['explain', SCENARIO, '--profile', profile]);
  expect(mute).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('No guardrail of the profile was asked'),
  });
  const slip = await brakecheck(['explain', SCENARIO, '--profile', profile, '--guardrail', 'pdp']);
  expect(slip).toMatchObject({ code: 3, stderr: expect.stringContaining('the profile has deny-all') });
});

test('a run is verified by its recorded answers when the service is gone, and drift is told apart', async () => {
  const service = await aDecisionPoint();
  const out = join(folder, 'recorded');
  const ran = await runSmall([SCENARIO, '--profile', aProfile('recorded', service.url), '--out', out], ENV);
  expect(ran.stdout).toContain('CONTAINED');
  for (const name of readdirSync(out)) expect(readFileSync(join(out, name), 'utf8')).not.toContain(TOKEN);

  const asked = service.received.length;
  const same = await brakecheck(['verify', out, '--fresh'], ENV);
  expect(same).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0 rule otherwise now, 0 say the same'),
  });
  expect(service.received.length).toBeGreaterThan(asked);

  await service.stop();
  const gone = await brakecheck(['verify', out]);
  expect(gone.code).toBe(0);
  expect(gone.stdout).toContain('4 of 4 journals verified');
  expect(gone.stdout).toMatch(/guarded.*answers of your services taken from it/);

  const drifted = await brakecheck(['verify', out, '--fresh'], ENV);
  expect(drifted.code).toBe(1);
  expect(drifted.stdout).toMatch(
    /DRIFT {6}small-deletion.guarded.jsonl: pdp on action .*: recorded deny .*, now error/,
  );
  // The harness itself still tells the same story: drift is the service's, not ours.
  expect(drifted.stdout).toContain('4 of 4 journals verified');
  expect(drifted.stdout).not.toContain('DIFFERENT');

  const journal = join(out, 'small-deletion.guarded.jsonl');
  const text = readFileSync(journal, 'utf8');
  const cut = text.replace(
    '"guardrail":"pdp","about":"action","subject":"action-',
    '"guardrail":"pdp","about":"action","subject":"lost-',
  );
  expect(cut).not.toBe(text);
  writeFileSync(journal, cut);
  const manifest = join(out, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(digestOf(text), digestOf(cut)));
  const unproven = await brakecheck(['verify', out], ENV);
  expect(unproven.code).toBe(2);
  expect(unproven.stdout).toMatch(
    /UNPROVEN {3}small-deletion.guarded.jsonl: the journal has no answer of pdp to action /,
  );
});

test('the same ruling in other words is told, and is no weakness', async () => {
  let words = 'not today';
  const service = await aService((response, request) =>
    always(200, { decision: false, context: { reason: words } })(response, request),
  );
  const out = join(folder, 'reworded');
  await runSmall([SCENARIO, '--profile', aProfile('reworded', service.url), '--out', out], ENV);
  words = 'not tomorrow';
  const fresh = await brakecheck(['verify', out, '--fresh'], ENV);
  expect(fresh.code).toBe(0);
  expect(fresh.stdout).toContain('reworded');
  expect(fresh.stdout).toContain('now deny (not tomorrow)');
});

test('slips in a profile and in its map are told with file, line and the nearest word', async () => {
  fileIn(
    folder,
    'bad-map.yaml',
    "apiVersion: brakecheck/v1\nkind: Map\nmetadata: { id: b, title: B }\nsubject: { id: '${actor.ids}' }\n",
  );
  const profile = fileIn(
    folder,
    'slips.yaml',
    smallProfile('slips', [
      { id: 'a', use: 'authzen', options: { url: 'ftp://x', maps: 'm.yaml' } },
      {
        id: 'b',
        use: 'opa',
        options: { url: 'http://x', rule: 'a', map: './none.yaml', tls: { ca: 'none.pem' } },
      },
      { id: 'c', use: 'authzen', options: { url: 'http://x', map: './bad-map.yaml' } },
      { id: 'd', use: 'authzn' },
    ]),
  );
  const { code, stderr } = await brakecheck(['validate', profile], { cwd: folder });
  expect(code).toBe(3);
  for (const told of [
    'guardrails[0].options.url',
    'did you mean "map"?',
    'guardrails[1].options.map: could not find the file "./none.yaml"',
    'guardrails[1].options.tls.ca',
    'bad-map.yaml:4:16  subject.id: could not find the value "actor.ids"',
    'did you mean "actor.id"?',
    'did you mean "authzen"?',
  ])
    expect(stderr).toContain(told);
});

test('list and describe know the adapters', async () => {
  expect((await brakecheck(['list'])).stdout).toMatch(
    /Adapters to guardrails of your own\n(.*\n)* {2}authzen +Asks a policy decision point/,
  );
  const { stdout } = await brakecheck(['describe', 'opa']);
  expect(stdout).toContain('adapter opa: Asks Open Policy Agent');
  expect(stdout).toContain('    rule: The rule or package that is asked');
});
