import { OPAClient } from '@open-policy-agent/opa';
import { expect, onTestFinished, test } from 'vitest';
import { anAction } from '../../testing/an-action.ts';
import { anAdapter } from '../testing/an-adapter.ts';
import { serveRego } from '../testing/rego/serve-rego.ts';

/**
 * OPA's own client for TypeScript asks the small server that stands in for OPA: what it understands, the server says in
 * OPA's protocol. That the policy means the same to OPA's evaluator, it does not show.
 */
const POLICY = `package company.changes

import rego.v1

allow if input.resource.properties.environment == "staging"

decision := {"allow": false, "reason": "frozen"}

deny contains "an agent asks" if input.subject.type == "agent"

torn := 1 if input.subject

torn := 2 if input.subject
`;

async function bothAsk() {
  const server = await serveRego(POLICY);
  onTestFinished(() => server.close());
  const client = new OPAClient(server.url);
  return {
    client,
    /** The official client's result for the input that our adapter sends, and our adapter's answer. */
    ask: async (rule: string, action = anAction(), options: object = {}) => {
      const path = `company/changes/${rule}`;
      const { ask, asked } = await anAdapter('opa', { url: server.url, rule: path, ...options });
      const answer = await ask(action);
      const sent = asked.at(-1)?.reply.exchange?.request as { body: { input: object } } | undefined;
      return { answer, theirs: () => client.evaluate(path, { ...sent?.body.input }) };
    },
  };
}

test('a boolean, a mapping, a set of refusals and an undefined rule are the same to both', async () => {
  const { ask } = await bothAsk();
  const staging = await ask('allow', anAction({ environment: 'staging' }));
  expect([await staging.theirs(), staging.answer.effect]).toEqual([true, 'allow']);
  const production = await ask('allow');
  expect([await production.theirs(), production.answer.effect]).toEqual([undefined, 'undefined']);
  const decision = await ask('decision');
  expect(await decision.theirs()).toEqual({ allow: false, reason: 'frozen' });
  expect(decision.answer).toMatchObject({ effect: 'deny', reason: 'frozen' });
  const deny = await ask('deny', anAction(), { read: 'deny-set' });
  expect(await deny.theirs()).toEqual(['an agent asks']);
  expect(deny.answer).toMatchObject({ effect: 'deny', reason: 'an agent asks' });
  const nothing = await ask('nowhere');
  expect([await nothing.theirs(), nothing.answer.effect]).toEqual([undefined, 'undefined']);
});

test('a policy that fails is a server error to both, and no ruling', async () => {
  const { ask } = await bothAsk();
  const torn = await ask('torn');
  await expect(torn.theirs()).rejects.toMatchObject({ code: 'internal_error' });
  expect(torn.answer).toMatchObject({ effect: 'error', fault: 'failed' });
});

test('the server answers a question without input as OPA does', async () => {
  const { client } = await bothAsk();
  expect(await client.evaluate('company/changes/decision')).toEqual({ allow: false, reason: 'frozen' });
  expect(await client.evaluate('company/changes/allow')).toBeUndefined();
});
