import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { anAction } from '../../testing/an-action.ts';
import { askAdapter, EXAMPLES } from '../testing/ask-adapter.ts';
import { evaluateRego } from '../testing/rego/evaluate-rego.ts';
import { parseRego } from '../testing/rego/parse-rego.ts';
import { serveRego } from '../testing/rego/serve-rego.ts';
import { decodePatch } from './decode-patch.ts';

type Review = { readonly request: { readonly uid: string } & Readonly<Record<string, unknown>> };
interface Reply {
  readonly status?: number;
  readonly body: string;
}

const DELETION = anAction({ door: 'console', verb: 'environment.delete', footprint: { destructive: true } });
const ROLLOUT = anAction({ door: 'pipeline', verb: 'rollout.start', params: { build: 'b-1' } });

/** A webhook on a real socket, for as long as the test lasts. */
async function webhook(reply: (review: Review) => Reply | null): Promise<{ url: string; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer(async (request, response) => {
    paths.push(request.url ?? '');
    let text = '';
    for await (const part of request) text += String(part);
    const answer = reply(JSON.parse(text) as Review);
    // Null: it hangs.
    if (answer !== null) response.writeHead(answer.status ?? 200).end(answer.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/validate`, paths };
}

async function ask(
  reply: (review: Review) => Reply | null,
  options: object = {},
  { action = DELETION, timeLimitMs = 20_000, onFailure = 'closed' as 'open' | 'closed' } = {},
) {
  const { url, paths } = await webhook(reply);
  const given = { url, map: './kubernetes/map.yaml', ...options };
  return { ...(await askAdapter('admission', given, { action, timeLimitMs, onFailure })), paths };
}

/** A review that answers the one asked with these fields. */
const responding = (response: object) => (review: Review) =>
  reviewOf({ uid: review.request.uid, ...response });

function reviewOf(response: object | undefined, more: object = {}): Reply {
  return {
    body: JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response, ...more }),
  };
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

test('the request is an AdmissionReview about the object that the map makes of the action', async () => {
  const asked = await ask(responding({ allowed: true }));
  expect(asked.answer).toEqual({ effect: 'allow', reason: 'it is admitted' });
  expect(asked.paths).toEqual(['/validate?timeout=10s']);
  expect(asked.exchange?.request).toMatchObject({
    body: {
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      request: {
        uid: 'action-1',
        kind: { group: '', version: 'v1', kind: 'Namespace' },
        resource: { group: '', version: 'v1', resource: 'namespaces' },
        operation: 'DELETE',
        name: 'pricing-na',
        userInfo: { username: 'system:serviceaccount:shop:agent-1', groups: ['engineer'] },
        object: null,
        oldObject: { metadata: { labels: { environment: 'production', owner: 'commerce' } } },
        dryRun: false,
      },
    },
  });
});

test('a refusal is a deny, with message, code and warnings', async () => {
  const asked = await ask(
    responding({
      allowed: false,
      status: { code: 403, message: 'protected' },
      warnings: ['see the runbook'],
    }),
  );
  expect(asked.answer).toMatchObject({
    effect: 'deny',
    reason: 'protected (code 403); it warns: see the runbook',
  });
  expect((await ask(responding({ allowed: false }))).answer.effect).toBe('deny');
  const warned = await ask(responding({ allowed: true, warnings: ['deprecated'] }));
  expect(warned.answer).toEqual({ effect: 'allow', reason: 'it is admitted; it warns: deprecated' });
});

test.each<[string, (review: Review) => Reply, string]>([
  ['another uid', () => reviewOf({ uid: 'other', allowed: true }), 'nonsense'],
  ['no uid', () => reviewOf({ allowed: true }), 'nonsense'],
  ['no response', () => reviewOf(undefined), 'nonsense'],
  ['a status of 500 with an empty body', () => ({ status: 500, body: '' }), 'failed'],
  ['a status of 403', () => ({ status: 403, body: 'who are you' }), 'failed'],
  ['an empty body', () => ({ body: '' }), 'nonsense'],
  ['garbage', () => ({ body: '<html>' }), 'nonsense'],
  ['a bare boolean', () => ({ body: 'true' }), 'nonsense'],
  [
    'an older API',
    review =>
      reviewOf({ uid: review.request.uid, allowed: true }, { apiVersion: 'admission.k8s.io/v1beta1' }),
    'nonsense',
  ],
  ['allowed as text', responding({ allowed: 'true' }), 'nonsense'],
  ['a patch without its type', responding({ allowed: true, patch: base64([]) }), 'nonsense'],
  ['a type without its patch', responding({ allowed: true, patchType: 'JSONPatch' }), 'nonsense'],
  ['a refusal with a type and no patch', responding({ allowed: false, patchType: 'JSONPatch' }), 'nonsense'],
  ['an unknown type', responding({ allowed: true, patchType: 'Merge', patch: base64([]) }), 'nonsense'],
  ['an empty type', responding({ allowed: true, patchType: '', patch: base64([]) }), 'nonsense'],
  [
    'a patch that is no base64',
    responding({ allowed: true, patchType: 'JSONPatch', patch: '{]' }),
    'nonsense',
  ],
])(
  '%s is a failure, and counts by the failure policy whatever the profile says',
  async (_what, reply, fault) => {
    const fail = await ask(reply, { failurePolicy: 'Fail' }, { onFailure: 'open' });
    expect(fail).toMatchObject({ decision: 'denied', countedAs: 'deny', answer: { effect: 'error', fault } });
    const ignore = await ask(reply, { failurePolicy: 'Ignore' }, { onFailure: 'closed' });
    expect(ignore).toMatchObject({
      decision: 'allowed',
      countedAs: 'allow',
      answer: { effect: 'error', fault },
    });
    expect(ignore.answer.reason).toContain('failurePolicy Ignore lets the object through');
  },
);

test('a response that does not say whether it is allowed is an error, and refused whatever the failure policy', async () => {
  for (const failurePolicy of ['Fail', 'Ignore']) {
    const asked = await ask(responding({}), { failurePolicy }, { onFailure: 'open' });
    expect(asked).toMatchObject({ decision: 'denied', answer: { effect: 'error', fault: 'nonsense' } });
  }
});

test('fields that are null count as left out, as an API server reads them', async () => {
  const empty = { status: null, warnings: null, patch: null, patchType: null };
  expect((await ask(responding({ allowed: true, ...empty }))).answer.effect).toBe('allow');
  const status = { code: null, message: null, reason: 'Frozen' };
  const refused = await ask(responding({ allowed: false, ...empty, status }));
  expect(refused.answer).toMatchObject({ effect: 'deny', reason: 'Frozen' });
  expect((await ask(responding({ allowed: null, ...empty }))).answer.effect).toBe('error');
});

test('a patch of what is deleted is refused whatever the failure policy, an empty one is none', async () => {
  const patch = (operations: unknown) =>
    responding({ allowed: true, patchType: 'JSONPatch', patch: base64(operations) });
  const label = [{ op: 'add', path: '/metadata/labels/seen', value: 'yes' }];
  const patched = await ask(patch(label), { failurePolicy: 'Ignore' }, { onFailure: 'open' });
  expect(patched).toMatchObject({ decision: 'denied', answer: { effect: 'error', fault: 'nonsense' } });
  expect((await ask(patch([]), { failurePolicy: 'Ignore' })).answer.effect).toBe('allow');
});

test('a webhook that hangs is given up at its own limit; one that is down is unreachable', async () => {
  const hanging = await ask(() => null, { timeoutSeconds: 1, failurePolicy: 'Ignore' });
  expect(hanging).toMatchObject({ decision: 'allowed', answer: { effect: 'error', fault: 'timed-out' } });
  expect(hanging.paths).toEqual(['/validate?timeout=1s']);
  const down = await askAdapter(
    'admission',
    { url: 'http://127.0.0.1:9/', map: './kubernetes/map.yaml' },
    { action: DELETION, onFailure: 'open' },
  );
  expect(down).toMatchObject({ decision: 'denied', answer: { effect: 'error', fault: 'unreachable' } });
});

test('what the map makes no object of is asked of no webhook, as in a cluster', async () => {
  const asked = await ask(responding({ allowed: false }), {}, { action: anAction({ verb: 'flag.set' }) });
  expect(asked).toMatchObject({ decision: 'allowed', paths: [] });
});

test('a patch narrows where the options say what it writes; labels and annotations change nothing', async () => {
  const patches = { cells: '/spec/cells', waves: '/spec/strategy/waves', bake: '/spec/strategy/bake' };
  const patched = (operations: unknown) =>
    ask(
      responding({ allowed: true, patchType: 'JSONPatch', patch: base64(operations) }),
      { patches },
      { action: ROLLOUT },
    );
  const narrowed = await patched([
    { op: 'add', path: '/metadata/labels/reviewed', value: 'yes' },
    { op: 'replace', path: '/spec/strategy/waves', value: [10, 50, 100] },
    { op: 'add', path: '/spec/strategy/bake', value: '10m' },
    { op: 'add', path: '/spec/cells', value: ['pricing/na'] },
  ]);
  expect(narrowed.answer).toMatchObject({
    effect: 'narrow',
    constraints: { waves: [0.1, 0.5, 1], bakeMs: 600_000, cells: ['pricing/na'] },
  });
  const labelled = await patched([{ op: 'add', path: '/metadata/annotations/seen', value: 'yes' }]);
  expect(labelled.answer.effect).toBe('allow');
  for (const operation of [
    { op: 'replace', path: '/spec/replicas', value: 1 },
    { op: 'remove', path: '/spec/strategy/waves' },
    { op: 'replace', path: '/spec/strategy/waves', value: ['most'] },
    { op: 'add', path: '/metadata/labelsnot', value: 1 },
  ]) {
    expect((await patched([operation])).answer, operation.path).toMatchObject({
      effect: 'error',
      fault: 'nonsense',
    });
  }
});

test('a patch is JSON in base64, and nothing else', () => {
  expect(decodePatch(base64([{ op: 'remove', path: '/a' }]))).toEqual([{ op: 'remove', path: '/a' }]);
  for (const text of ['', 'e30=', 'W10', '*W10=', base64([{ op: 'drop', path: '/a' }])]) {
    expect(decodePatch(text), text).toBeNull();
  }
});

test('the example: a webhook that rules by the Rego file keeps production, and OPA asked directly says the same', async () => {
  const text = readFileSync(`${EXAMPLES}kubernetes/policy.rego`, 'utf8');
  const rules = parseRego(text);
  const opa = await serveRego(text);
  onTestFinished(() => opa.close());
  const ruled = (review: Review) => {
    const denials = evaluateRego(rules, 'deny', review) as string[];
    return reviewOf({
      uid: review.request.uid,
      allowed: denials.length === 0,
      status: { message: denials.join('; ') },
    });
  };
  const direct = {
    url: opa.url,
    rule: 'kubernetes/admission/deny',
    read: 'deny-set',
    input: 'admission',
    map: './kubernetes/map.yaml',
  };
  for (const [action, effect] of [
    [DELETION, 'deny'],
    [anAction({ ...DELETION, environment: 'staging' }), 'allow'],
    [anAction(), 'deny'],
    [ROLLOUT, 'allow'],
  ] as const) {
    expect((await ask(ruled, {}, { action })).answer.effect, action.verb).toBe(effect);
    expect((await askAdapter('opa', direct, { action })).answer.effect, action.verb).toBe(effect);
  }
});
