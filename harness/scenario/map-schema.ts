// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of maps look like that.
import { z } from 'zod';
import { API_VERSION, identifier, metadata } from './common-schema.ts';
import { expectations } from './expectations.ts';
import { parseTemplate } from './map-template.ts';

/** Text with placeholders; one that is a single placeholder keeps its value's type. */
const template = z
  .string()
  .max(2_000)
  .refine(text => parseTemplate(text) !== null)
  .meta({
    description: 'Text with placeholders such as ${resource.service} or ${resource.region | regions}.',
    examples: ['${resource.service}', 'arn:aws:rds:${resource.region | regions}:db/${resource.service}'],
  })
  .register(expectations, {
    expected: 'text whose placeholders read ${name} or ${name | table}',
  });

/** Any value, with templates wherever it has text; `checkMap` looks at those. */
const tree = z.json();
const trees = z.record(z.string().min(1).max(200), tree);

const entity = {
  type: template.optional(),
  id: template.optional(),
  properties: trees.optional(),
};
const subject = z.strictObject(entity).describe('Who asks, in your words.');
const action = z
  .strictObject({ name: template.optional(), properties: trees.optional() })
  .describe('What is asked for, in your words.');
const resource = z.strictObject(entity).describe('What it is aimed at, in your words.');
const context = trees.describe('What else your policy may look at: evidence, approvals, the task.');

const kubernetes = z
  .strictObject({
    operation: z.enum(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']),
    group: z.string().max(253).default('').describe('API group; empty for the core group.'),
    version: z.string().min(1).max(63).default('v1'),
    kind: z.string().min(1).max(63),
    resource: z.string().min(1).max(253).describe("The kind's plural, as in the API's paths: deployments."),
    subResource: z.string().max(63).default(''),
    name: template,
    namespace: template.default(''),
    object: tree.default(null).describe('The object as it would be; null for a deletion.'),
    oldObject: tree.default(null).describe('The object as it is; null for a creation.'),
  })
  .describe('The request that a Kubernetes API server would show to an admission webhook.');

const tool = z
  .strictObject({ name: template, input: trees.default({}) })
  .describe('The tool call that a coding agent would make, for hooks before tools.');

const verb = z
  .strictObject({
    action: action.optional(),
    resource: resource.optional(),
    context: context.optional(),
    kubernetes: kubernetes.optional(),
    tool: tool.optional(),
  })
  .describe("One verb's words; properties and context are added to those that hold for all verbs.");

const verbPattern = z
  .string()
  .max(64)
  .regex(/^(\*|[a-z-]+\.(\*|[a-z-]+))$/)
  .meta({
    description: 'A verb, all verbs of a group (environment.*), or * for every other one.',
    examples: ['environment.delete', 'environment.*', '*'],
  })
  .register(expectations, {
    expected: 'a verb such as environment.delete, a group such as environment.*, or "*"',
  });

/** Turns the company's words into those of the user's policy. What is left out stays in our own words. */
export const mapSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Map'),
  metadata,
  tables: z
    .record(
      identifier,
      z.record(z.string().min(1).max(200), z.union([z.string().max(500), z.number(), z.boolean()])),
    )
    .default({})
    .describe('Our word: your word. A word that is not listed stays as it is, or becomes what * says.'),
  subject: subject.default({}),
  action: action.default({}),
  resource: resource.default({}),
  context: context.optional(),
  verbs: z.record(verbPattern, verb).default({}),
});
export type WordMap = z.infer<typeof mapSchema>;
