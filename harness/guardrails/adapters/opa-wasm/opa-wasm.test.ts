import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { anAction } from '../../testing/an-action.ts';
import { anOutside, askAdapter } from '../testing/ask-adapter.ts';
import { policyModule } from '../testing/policy-module.ts';
import { readTar } from './read-tar.ts';

const ALLOW = 'company/changes/allow';

const POLICY = policyModule({
  [ALLOW]: { word: '"destructive":true', found: '[{"result":false}]', absent: '[{"result":true}]' },
  undefined: { returns: '[]' },
  reasoned: { returns: '[{"result":{"allow":false,"reason":"frozen","approval":true}}]' },
  denials: { returns: '[{"result":["too broad","too late"]}]' },
  trap: { traps: true },
  garbage: { returns: 'not JSON' },
  twice: { returns: '[{"result":true},{"result":true}]' },
  bare: { returns: '{"result":true}' },
});

function ask(
  options: object = {},
  { bytes = POLICY as Uint8Array, changes = {} as Parameters<typeof anAction>[0] } = {},
) {
  const outside = anOutside({
    readBytes: async () => bytes,
    files: { 'data.json': '{"a":1}', 'list.json': '[]' },
  });
  return askAdapter(
    'opa-wasm',
    { bundle: 'policy.wasm', ...options },
    { action: anAction(changes), outside },
  );
}

/** A tar archive as `opa build` writes it: paths begin with a slash. */
function tarOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1_024)]);
}

test('the module reads the request, and its first entry point rules', async () => {
  const deletion = { footprint: { destructive: true } };
  expect((await ask()).answer).toEqual({ effect: 'allow', reason: 'its policy allows it' });
  expect((await ask({}, { changes: deletion })).answer).toMatchObject({ effect: 'deny' });
  expect((await ask({ entrypoint: ALLOW }, { changes: deletion })).answer).toMatchObject({ effect: 'deny' });
  expect((await ask({}, { changes: { params: { note: 'ü'.repeat(90_000) } } })).answer.effect).toBe('allow');
});

test('undefined is no refusal: it is told apart, and counts by the profile', async () => {
  const asked = await ask({ entrypoint: 'undefined' });
  expect(asked).toMatchObject({ decision: 'denied', answer: { effect: 'undefined' } });
  expect(asked.answer.reason).toContain('is undefined');
});

test('results with reasons, demands for approval and sets of refusals are read', async () => {
  expect((await ask({ entrypoint: 'reasoned' })).answer).toMatchObject({ effect: 'deny', reason: 'frozen' });
  const demanding = await ask({ entrypoint: 'reasoned', approval: { at: 'approval', count: 2 } });
  expect(demanding.answer).toMatchObject({ effect: 'require-approval', approval: { count: 2 } });
  expect((await ask({ entrypoint: 'denials', read: 'deny-set' })).answer).toMatchObject({
    effect: 'deny',
    reason: 'too broad; too late',
  });
});

test.each(['trap', 'garbage'])('a policy that fails (%s) is an error', async entrypoint => {
  expect((await ask({ entrypoint })).answer).toMatchObject({ effect: 'error', fault: 'failed' });
});

test.each(['twice', 'bare'])('a result set of another shape (%s) is an error', async entrypoint => {
  expect((await ask({ entrypoint })).answer).toMatchObject({ effect: 'error', fault: 'nonsense' });
});

test('a bundle is unpacked; what is none, or has no such entry point, is not loaded', async () => {
  const bundle = gzipSync(
    tarOf({ '/data.json': Buffer.from('{}'), '/policy.wasm': POLICY, '/.manifest': Buffer.from('{}') }),
  );
  expect((await ask({}, { bytes: bundle })).answer.effect).toBe('allow');
  const cases: [object, Uint8Array, RegExp][] = [
    [{}, gzipSync(tarOf({ '/policy.rego': Buffer.from('package p') })), /no policy.wasm/],
    [{}, gzipSync(Buffer.from('x'.repeat(600))), /no bundle/],
    [{}, Buffer.from('package p'), /no policy that OPA compiled/],
    [{ entrypoint: 'other' }, POLICY, /has no entry point other \(it has: company/],
    [{ data: 'list.json' }, POLICY, /no JSON mapping/],
  ];
  for (const [options, bytes, reason] of cases) {
    const { answer } = await ask(options, { bytes });
    expect(answer).toMatchObject({ effect: 'error', fault: 'not-loaded' });
    expect(answer.reason).toMatch(reason);
  }
  expect((await ask({ data: 'data.json' })).answer.effect).toBe('allow');
});

test('a tar archive gives its plain files, and none when it is cut off', () => {
  const archive = tarOf({ './a/b.json': Buffer.from('12') });
  expect([...readTar(archive).keys()]).toEqual(['a/b.json']);
  expect(() => readTar(archive.subarray(0, 513))).toThrow(RangeError);
});
