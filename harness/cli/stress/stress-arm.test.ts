import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdapterLoader } from '../../guardrails/adapters/adapter-loader.ts';
import { adapterGuardrails } from '../../guardrails/adapters/registry.ts';
import { always, aService } from '../../guardrails/adapters/testing/a-service.ts';
import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import { aChain, anEntry } from '../../guardrails/testing/a-chain.ts';
import { anAction } from '../../guardrails/testing/an-action.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { fileIn, temporaryFolder } from '../../testing/temporary-folder.ts';
import { createOutside } from '../outside/create-outside.ts';
import { realDeadline } from '../real-deadline.ts';
import { stressedLoader, stressedSeats } from './stress-arm.ts';

const folder = temporaryFolder();

/** The journaled answers to these resources, in order, of one adapter that fails in this way. */
async function answersOf(entry: GuardrailEntry, fault: StressFault, resources: readonly string[]) {
  const { outside, close } = createOutside(folder, { PATH: process.env.PATH });
  const stress = { guardrail: entry.id, fault };
  const definitions = adapterGuardrails();
  const made = await aChain([entry], [], undefined, {
    adapters: clock => {
      const waitOutside = <T>(answer: Promise<T>) => clock.waitOutside(answer);
      const deps = { definitions, outside, realDeadline, waitOutside };
      return stressedLoader(createAdapterLoader({ ...deps, close }), stress, deps);
    },
    wrapSeat: stressedSeats(stress, definitions),
  });
  onTestFinished(() => made.chain.close());
  for (const [index, resource] of resources.entries())
    await made.chain.rule(anAction({ id: `action-${index}`, resource }));
  return made
    .events()
    .filter(({ about }) => about === 'action')
    .map(({ answer, countedAs }) => ({ ...(answer as { effect: string; reason: string }), countedAs }));
}

/** A decision point that refuses `pricing/na` alone. */
async function aPoint() {
  return aService((response, request) => {
    const { resource } = JSON.parse(request.text) as { resource: { id: string } };
    always(200, { decision: resource.id !== 'pricing/na' })(response, request);
  });
}

const THREE = ['pricing/eu', 'pricing/na', 'pricing/eu'];

test.each([
  ['down', 'unreachable', 'nothing listens there', 0],
  ['slow', 'timed-out', 'no whole answer within 250 ms', 1],
  ['hanging', 'timed-out', 'no whole answer within 250 ms', 0],
  ['500', 'failed', 'status 500 with an empty body', 0],
  ['garbage', 'nonsense', 'its body is no JSON', 0],
  ['undefined', 'nonsense', 'its reply has no decision', 0],
] as const)('a service that is %s fails at the wire', async (fault, how, reason, asked) => {
  const point = await aPoint();
  const entry = anEntry('authzen', { options: { url: point.url }, onFailure: 'open' });
  const [answer] = await answersOf(entry, fault, ['pricing/na']);
  expect(answer).toMatchObject({ effect: 'error', fault: how, countedAs: 'allow' });
  expect(answer?.reason).toContain(reason);
  // What stands before the service is nobody's business in a report.
  if (fault === 'down') expect(answer?.reason).toContain(new URL(point.url).host);
  expect(point.received).toHaveLength(asked);
});

test('a stale service answers each question as the one before it, a flapping one every other', async () => {
  const point = await aPoint();
  const entry = anEntry('authzen', { options: { url: point.url } });
  const stale = await answersOf(entry, 'stale', THREE);
  expect(stale.map(({ effect }) => effect)).toEqual(['allow', 'allow', 'deny']);
  expect(point.received).toHaveLength(3);
  const flapping = await answersOf(entry, 'flapping', [...THREE, 'pricing/na']);
  expect(flapping.map(({ effect }) => effect)).toEqual(['error', 'deny', 'error', 'deny']);
  expect(flapping[0]?.reason).toContain('broke the connection off');
});

test('OPA that says nothing is undefined, and a hook that takes any 2xx for yes takes a page for one', async () => {
  const point = await aPoint();
  const opa = anEntry('opa', { options: { url: point.url, rule: 'a/b' } });
  expect((await answersOf(opa, 'undefined', THREE))[0]).toMatchObject({
    effect: 'undefined',
    countedAs: 'deny',
  });
  const webhook = anEntry('webhook', { options: { url: point.url } });
  expect((await answersOf(webhook, 'garbage', THREE))[0]).toMatchObject({
    effect: 'allow',
    countedAs: 'allow',
  });
});

const HOOK = fileIn(folder, 'hook.sh', "grep -q 'pricing/na' && exit 2; exit 0\n");

test.each([
  ['down', 'there is no program sh.is-gone'],
  ['slow', 'did not end within 250 ms'],
  ['hanging', 'did not end within 250 ms'],
  ['500', 'exit code 1 (stress: it crashed)'],
  ['garbage', 'begins like JSON and is none'],
] as const)('a hook that is %s is an error that the agent lets through', async (fault, reason) => {
  const entry = anEntry('exec', { options: { command: ['sh', HOOK] }, onFailure: 'closed' });
  const [answer] = await answersOf(entry, fault, ['pricing/na']);
  expect(answer).toMatchObject({ effect: 'error', countedAs: 'allow' });
  expect(answer?.reason).toContain(reason);
});

test('a hook that prints nothing has no objection, and stale and flapping ones are run', async () => {
  const entry = anEntry('exec', { options: { command: ['sh', HOOK] } });
  const silent = await answersOf(entry, 'undefined', ['pricing/na']);
  expect(silent[0]).toMatchObject({ effect: 'allow' });
  const stale = await answersOf(entry, 'stale', THREE);
  expect(stale.map(({ effect }) => effect)).toEqual(['allow', 'allow', 'deny']);
  const flapping = await answersOf(entry, 'flapping', ['pricing/na', 'pricing/na']);
  expect(flapping.map(({ effect, countedAs }) => `${effect} ${countedAs}`)).toEqual([
    'error allow',
    'deny deny',
  ]);
});

const POLICY = fileIn(folder, 'policy.cedar', 'permit (principal, action, resource);\n');

test('an engine whose files are gone, or hold no policy, is not loaded; else it fails at its seat', async () => {
  const entry = anEntry('cedar', { options: { policies: [POLICY] } });
  const gone = await answersOf(entry, 'down', ['pricing/eu']);
  expect(gone[0]).toMatchObject({ effect: 'error', fault: 'not-loaded', countedAs: 'deny' });
  expect(gone[0]?.reason).toContain(`there is no file ${join(folder, 'policy.cedar')}`);
  const garbage = await answersOf(entry, 'garbage', ['pricing/eu']);
  expect(garbage[0]).toMatchObject({ effect: 'error', fault: 'not-loaded' });
  const failing = await answersOf(entry, '500', ['pricing/eu']);
  expect(failing[0]).toMatchObject({ effect: 'error', fault: 'failed' });
  const flapping = await answersOf(entry, 'flapping', ['pricing/eu', 'pricing/eu']);
  expect(flapping.map(({ effect }) => effect)).toEqual(['error', 'allow']);
});

test('the guardrails beside the failing one are left alone', async () => {
  const point = await aPoint();
  const entry = anEntry('authzen', { options: { url: point.url } });
  const { outside, close } = createOutside(folder, {});
  const definitions = adapterGuardrails();
  const stress = { guardrail: 'somebody-else', fault: 'down' } as const;
  const made = await aChain([entry], [], undefined, {
    adapters: clock => {
      const waitOutside = <T>(answer: Promise<T>) => clock.waitOutside(answer);
      const deps = { definitions, outside, realDeadline, waitOutside };
      return stressedLoader(createAdapterLoader({ ...deps, close }), stress, deps);
    },
    wrapSeat: stressedSeats(stress, definitions),
  });
  onTestFinished(() => made.chain.close());
  expect((await made.chain.rule(anAction({ resource: 'pricing/na' }))).decision).toBe('denied');
  expect((await made.chain.rule(anAction({ resource: 'pricing/eu' }))).decision).toBe('allowed');
});
