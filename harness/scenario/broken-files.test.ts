import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InvalidFileError } from './invalid-file-error.ts';
import { loadFile } from './load-file.ts';
import { readFile } from './read-file.ts';
import { requireReferences } from './references/check-references.ts';
import { fixtureReader, smallReferences } from './testing/small-references.ts';

const FOLDER = `${import.meta.dirname}/../../fixtures/broken`;
const NAMES = readdirSync(FOLDER)
  .filter(name => name.endsWith('.yaml'))
  .sort();

/** To accept changed texts on purpose: `npx vitest run harness/scenario/broken-files.test.ts -u`, then read the diff. */
test.each(NAMES)('%s is refused with every problem in its place', async name => {
  const error = refusalOf(`fixtures/broken/${name}`);
  expect(error).toBeInstanceOf(InvalidFileError);
  await expect(`${error?.message}\n`).toMatchFileSnapshot(
    `${FOLDER}/${name.replace('.yaml', '.expected.txt')}`,
  );
});

test('there is an expectation for each broken file, and no other', () => {
  const expected = readdirSync(FOLDER).filter(name => name.endsWith('.expected.txt'));
  expect(expected.sort()).toEqual(NAMES.map(name => name.replace('.yaml', '.expected.txt')).sort());
  expect(NAMES.length).toBeGreaterThanOrEqual(35);
});

function refusalOf(file: string): Error | null {
  const reader = fixtureReader();
  try {
    requireReferences([loadFile(file, readFile(reader, file))], smallReferences());
    return null;
  } catch (error) {
    return error as Error;
  }
}
