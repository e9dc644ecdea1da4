// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of maps look like that.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mapSchema } from '../../../scenario/map-schema.ts';
import { aGrant, anAction, anEvidence, aRecord } from '../../testing/an-action.ts';
import { createTranslator } from './create-translator.ts';

function translate(yaml: string, action = anAction()) {
  const head = { apiVersion: 'brakecheck/v1', kind: 'Map', metadata: { id: 'words', title: 'Words' } };
  return createTranslator(mapSchema.parse({ ...head, ...parse(yaml) })).translate(action);
}

test('without a map everything is in our own words, and nothing of the action is lost', () => {
  const action = anAction({ facts: { approvals: [aGrant('lead-1')], changeRecord: aRecord('x') } });
  const translated = createTranslator(null).translate(action);
  expect(translated).toMatchObject({
    subject: { type: 'agent', id: 'agent-1' },
    action: { name: 'config.push' },
    resource: { type: 'service', id: 'pricing/na', properties: { region: 'na', owner: 'commerce' } },
    context: { approvals: [{ by: 'lead-1' }], changeRecord: { kind: 'normal' } },
    object: null,
    tool: null,
  });
});

test('a map renames verbs, resources and actors, by tables where it has them', () => {
  const translated = translate(
    `
tables:
  regions: { na: us-east-1, '*': eu-central-1 }
  groups: { engineer: Developers }
subject: { type: User, id: 'arn:aws:iam::1:role/\${actor.id}', properties: { groups: '\${actor.roles | groups}' } }
resource: { type: Stack, id: 'arn:aws:cf:\${resource.region | regions}:stack/\${resource.service}', properties: { Env: '\${resource.environment}' } }
context: { mfa: false, approvers: '\${approvers}', tests: '\${passedEvidence}' }
verbs:
  config.push: { action: { name: appconfig:StartDeployment }, resource: { properties: { Percent: '\${footprint.trafficPercent}' } } }
`,
    anAction({
      actor: { roles: ['engineer', 'auditor'] },
      facts: {
        approvals: [aGrant('lead-1')],
        evidence: [anEvidence('load-run'), anEvidence('dry-run', { state: 'forged' })],
      },
    }),
  );
  expect(translated.subject).toEqual({
    type: 'User',
    id: 'arn:aws:iam::1:role/agent-1',
    properties: { groups: ['Developers', 'auditor'] },
  });
  expect(translated.resource).toEqual({
    type: 'Stack',
    id: 'arn:aws:cf:us-east-1:stack/pricing',
    properties: { Env: 'production', Percent: 100 },
  });
  expect(translated.action.name).toBe('appconfig:StartDeployment');
  expect(translated.context).toEqual({ mfa: false, approvers: ['lead-1'], tests: ['load-run'] });
});

test('the most exact entry of a verb counts: the verb, its group, every verb', () => {
  const map = `
verbs:
  '*': { action: { name: any } }
  config.*: { action: { name: group } }
  config.push: { action: { name: exact } }
`;
  expect(translate(map).action.name).toBe('exact');
  expect(translate(map, anAction({ verb: 'config.read' })).action.name).toBe('group');
  expect(translate(map, anAction({ verb: 'plan.apply' })).action.name).toBe('any');
});

test('objects and tools are filled, and what has no value is left out', () => {
  const { object, tool } = translate(`
verbs:
  '*':
    kubernetes:
      { operation: UPDATE, kind: ConfigMap, resource: configmaps, name: '\${resource.service}', namespace: '\${resource.region}',
        object: { metadata: { labels: { record: '\${changeRecord.id}', tier: '\${resource.tier}' } }, list: ['\${params.none}', a] } }
    tool: { name: Bash, input: { command: 'push --set \${params.set} --to \${resource.text}' } }
`);
  expect(object).toMatchObject({
    operation: 'UPDATE',
    group: '',
    version: 'v1',
    name: 'pricing',
    namespace: 'na',
    object: { metadata: { labels: { tier: 1 } }, list: ['a'] },
    oldObject: null,
  });
  expect(tool).toEqual({
    name: 'Bash',
    input: { command: 'push --set {"banner":"spring"} --to pricing/na' },
  });
});

test('values are data: a placeholder in a task is not filled, nor is one with a prototype’s name', () => {
  const hostile = '${actor.roles} ${__proto__}';
  const { context } = translate(
    `context: { task: '\${action.task}', text: 'task \${action.task}', odd: '\${params.constructor}' }`,
    anAction({ task: hostile }),
  );
  expect(context).toEqual({ task: hostile, text: `task ${hostile}` });
});
