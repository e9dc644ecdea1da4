import { z } from 'zod';
import { duration } from '../../../scenario/common-schema.ts';
import { defineAdapter } from '../adapter.ts';
import { buildCall } from './cedar-call.ts';
import { readJsonFile, readPolicies } from './cedar-files.ts';
import { loadCedar } from './load-cedar.ts';
import { readCedarAnswer } from './read-cedar-answer.ts';

const path = z.string().min(1).max(500);
const parents = z
  .array(z.strictObject({ from: z.string().min(1).max(100), type: z.string().min(1).max(200) }))
  .max(20)
  .default([]);

const options = z.strictObject({
  policies: z
    .array(path)
    .min(1)
    .max(50)
    .describe('Files of Cedar policies, from the folder of this profile.'),
  entities: path.optional().describe('A JSON file of Cedar entities: groups, hierarchies, attributes.'),
  schema: path
    .optional()
    .describe('A Cedar schema (JSON when it ends in .json). Requests that do not fit it are then errors.'),
  map: path.optional().describe('A Map file with the words of your policies.'),
  principalParents: parents.describe(
    'Properties of the subject whose words become its parents: { from: roles, type: Role }.',
  ),
  resourceParents: parents.describe('Properties of the resource whose words become its parents.'),
  approvalFrom: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*$/i)
    .max(64)
    .default('require_approval')
    .describe('Annotation of a forbid policy that people can lift: @require_approval("2 senior").'),
  expiresAfter: duration
    .prefault('8h')
    .describe('How long a request for approval stays open, in world time.'),
  errorsInAllow: z
    .enum(['error', 'allow'])
    .default('error')
    .describe(
      'An allow during which some policies could not be evaluated: an error, or an allow that says so.',
    ),
});
export type CedarOptions = z.infer<typeof options>;

/**
 * Cedar in this process, by its own engine. Cedar knows no approval: a forbid policy that carries the annotation stands
 * until the approvals are there, and every other forbid policy stands whatever anybody approves.
 * @see https://docs.cedarpolicy.com/auth/authorization.html
 */
export const cedar = defineAdapter({
  name: 'cedar',
  summary: 'Asks your Cedar policies and entities, evaluated in this process by the Cedar engine.',
  home: 'engine',
  options,
  files: given => [
    ...given.policies,
    ...[given.entities, given.schema, given.map].filter(file => file !== undefined),
  ],
  open: async (given, { outside, words }) => {
    const engine = await loadCedar();
    const texts: string[] = [];
    for (const file of given.policies) texts.push(await outside.readText(file));
    const policies = readPolicies(engine, texts, given);
    const entities = given.entities === undefined ? [] : await readJsonFile(outside, given.entities);
    const { schema: file } = given;
    const sets = policies.load(file === undefined ? null : { file, text: await outside.readText(file) });
    return {
      decide: async (action, notes) => {
        const call = buildCall(words.translate(action), { entities, given });
        notes.sent(call);
        const answers = sets.ask(call);
        notes.received(answers.all);
        return { answer: readCedarAnswer(action, { answers, policies: policies.known, given }) };
      },
      close: async () => {},
    };
  },
});
