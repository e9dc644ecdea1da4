import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { profileSchema } from '../scenario/scenario-schema.ts';
import { builtInGuardrails } from './registry.ts';

const folder = new URL('../../scenarios/profiles/', import.meta.url);
const files = (await readdir(folder)).filter(name => name.endsWith('.yaml'));

test('the shipped profiles are those that the documentation names', () => {
  expect(files.sort()).toEqual([
    'as-was.yaml',
    'controlled-friction.yaml',
    'defence-in-depth.yaml',
    'deny-all.yaml',
    'none.yaml',
  ]);
});

test.each(files)('%s is valid, its id is its file’s name, and its options fit the guardrails', async file => {
  const profile = profileSchema.parse(parse(await readFile(new URL(file, folder), 'utf8')));
  expect(`${profile.metadata.id}.yaml`).toBe(file);
  const definitions = builtInGuardrails();
  for (const { use, options } of profile.guardrails) {
    expect(definitions.get(use)?.options.safeParse(options).error?.message, use).toBeUndefined();
  }
});
