import { expect, test } from 'vitest';
import { InvalidFileError } from '../invalid-file-error.ts';
import { type LoadedFile, loadFile } from '../load-file.ts';
import { readFile } from '../read-file.ts';
import { fixtureReader, smallReferences } from '../testing/small-references.ts';
import { checkReferences, requireReferences } from './check-references.ts';

const bytesOf = (name: string) => readFile(fixtureReader(), `fixtures/valid/${name}.yaml`);
const load = (name: string) => loadFile(`fixtures/valid/${name}.yaml`, bytesOf(name));

test('files that refer only to what exists have no problems', () => {
  for (const name of ['world', 'scenario', 'profile', 'change', 'map']) {
    expect(checkReferences(load(name), smallReferences())).toEqual([]);
  }
});

test('problems of several files are told together, in the order of the files', () => {
  const changed = (name: string, from: string, to: string): LoadedFile => {
    const text = new TextDecoder().decode(bytesOf(name)).replace(from, to);
    return loadFile(`fixtures/valid/${name}.yaml`, new TextEncoder().encode(text));
  };
  const files = [
    changed('scenario', 'verb: plan.dry-run', 'verb: plan.dryrun'),
    changed('profile', 'use: needs-approval', 'use: needs-aproval'),
  ];
  let error: unknown;
  try {
    requireReferences(files, smallReferences());
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(InvalidFileError);
  const { problems, hint } = error as InvalidFileError;
  expect(problems.map(problem => [problem.file, problem.nearest])).toEqual([
    ['fixtures/valid/profile.yaml', 'needs-approval'],
    ['fixtures/valid/scenario.yaml', 'plan.dry-run'],
  ]);
  expect(hint).toBe('2 problems in 2 files. The whole format: brakecheck schema');
});

test('what a step produced may stand in params whose schema could not take the reference itself', () => {
  const text = new TextDecoder()
    .decode(bytesOf('scenario'))
    .replace('params: { from: template }', 'params: { from: "@plan.template" }');
  const scenario = loadFile('x.yaml', new TextEncoder().encode(text));
  expect(checkReferences(scenario, smallReferences())).toEqual([]);
});

test('overrides are in force for everything else in the scenario', () => {
  const text = new TextDecoder()
    .decode(bytesOf('scenario'))
    .replace('  - set: persons', '  - { set: horizon, to: 4h, because: shorter }\n  - set: persons');
  const problems = checkReferences(loadFile('x.yaml', new TextEncoder().encode(text)), smallReferences());
  expect(problems.map(problem => problem.path)).toEqual(['benign.deadline']);
});
