import { expect, test } from 'vitest';
import type { FileReader } from './file-reader.ts';
import { InvalidFileError } from './invalid-file-error.ts';
import { loadFile } from './load-file.ts';
import { readFile } from './read-file.ts';
import { fixtureReader } from './testing/small-references.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const fixture = (name: string) => readFile(fixtureReader(), `fixtures/valid/${name}.yaml`);
const textOf = (name: string) => new TextDecoder().decode(fixture(name));

test('a valid file becomes values with units and defaults in place', () => {
  const { value, kind } = loadFile('scenario.yaml', fixture('scenario'), 'Scenario');
  expect(kind).toBe('Scenario');
  expect(value.steps[0]).toMatchObject({ at: 600_000, expect: 'accepted', params: {}, evidence: [] });
  expect(value.steps[0]?.whenDenied[0]).toMatchObject({ whenDenied: [{ id: 'give-up', stop: true }] });
  expect(value.record?.claims[0]?.tolerance).toBe(0.05);
  expect(value.agent.approvalPatience).toBe(0);
  const profile = loadFile('profile.yaml', fixture('profile'), 'Profile').value;
  expect(profile.guardrails.map(entry => entry.timeLimit)).toEqual([2_000, 500]);
  expect(loadFile('world.yaml', fixture('world'), 'World').value.services.pricing?.dataSize).toBe(800e9);
});

test('a byte order mark, Windows line ends, comments and order of keys change neither value nor digest', () => {
  const plain = loadFile('a.yaml', fixture('profile'));
  const text = textOf('profile');
  const windows = loadFile('b.yaml', encode(`\ufeff# note\r\n${text.replaceAll('\n', '\r\n')}`));
  expect(windows.value).toEqual(plain.value);
  expect(windows.digest).toBe(plain.digest);
  const [version, kind, ...rest] = text.split('\n');
  expect(loadFile('c.yaml', encode([kind, version, ...rest].join('\n'))).digest).toBe(plain.digest);
});

test('places of problems are the same with Windows line ends', () => {
  const broken = textOf('scenario').replace('door: console', 'door: consle');
  const places = [broken, broken.replaceAll('\n', '\r\n')].map(text =>
    problemsOf(encode(text)).map(problem => [problem.line, problem.column, problem.excerpt]),
  );
  expect(places[0]).toEqual([[29, 11, '    door: consle']]);
  expect(places[1]).toEqual(places[0]);
});

test('a problem names file, place, path, what was found, what is legal and the nearest', () => {
  const text = textOf('scenario').replace('door: database-console', 'door: database-consle');
  expect(problemsOf(encode(text))).toEqual([
    {
      code: 'wrong-value',
      file: 'x.yaml',
      line: 42,
      column: 15,
      path: 'steps[0].whenDenied[1].door',
      task: 'read the value',
      found: '"database-consle"',
      expected: null,
      legal: ['pipeline', 'configuration', 'console', 'database-console', 'runbook', 'break-glass'],
      nearest: 'database-console',
      hint: null,
      excerpt: '        door: database-consle',
      excerptOffset: 14,
      message:
        'could not read the value: found "database-consle"; legal: pipeline, configuration, console, database-console, runbook, break-glass; did you mean "database-console"?',
    },
  ]);
});

test('a file of another kind than the wanted one is refused', () => {
  expect(() => loadFile('x.yaml', fixture('profile'), 'World')).toThrow(
    'x.yaml:2:7  kind: could not use a Profile where a World is wanted',
  );
});

test('a file over the limit is refused by its size, without being read', () => {
  const reader: FileReader = {
    read: () => {
      throw new Error('read');
    },
    list: () => [],
    stat: () => ({ isFile: true, sizeBytes: 5_000_000 }),
  };
  expect(() => readFile(reader, 'big.yaml')).toThrow(
    'big.yaml:1:1  could not read the file: found 5000000 bytes; expected at most 1048576',
  );
  expect(() => readFile({ ...reader, stat: () => null }, 'gone.yaml')).toThrow('there is no such file');
  expect(() => readFile({ ...reader, stat: () => ({ isFile: false, sizeBytes: 0 }) }, 'dir')).toThrow(
    'dir:1:1  could not read the file: it is no file',
  );
});

test('bytes over the limit are refused whoever read them', () => {
  expect(problemsOf(new Uint8Array(1_048_577)).map(problem => problem.code)).toEqual(['too-large']);
});

test('a file full of mistakes tells a bounded number of them', () => {
  const keys = Array.from({ length: 5_000 }, (_, index) => `key${index}: 1`).join('\n');
  const problems = problemsOf(encode(`${textOf('profile')}${keys}\n`));
  expect(problems).toHaveLength(201);
  expect(problems.map(problem => problem.code)).toContain('too-many-problems');
});

test('a file of the largest size made of brackets, dashes, keys or aliases is refused, not hung upon', () => {
  const size = 1_000_000;
  const keys = Array.from({ length: 90_000 }, (_, index) => `k${index}:\n`).join('');
  for (const text of [
    '['.repeat(size),
    '- '.repeat(size / 2),
    '? '.repeat(size / 2),
    '{a: '.repeat(size / 4),
    keys,
  ]) {
    expect(problemsOf(encode(text)).length).toBeGreaterThan(0);
  }
  const aliases = `a: &a [1]\nb: [${'*a, '.repeat(100_000)}*a]\n`;
  expect(problemsOf(encode(aliases)).map(problem => problem.code)).toContain('too-many-values');
});

test('aliases within bounds are followed', () => {
  const text = textOf('profile')
    .replace('doors: [pipeline, console, runbook]', 'doors: &doors [pipeline, console]')
    .replace('onFailure: open', 'onFailure: open\n    doors: *doors');
  const { value } = loadFile('x.yaml', encode(text), 'Profile');
  expect(value.guardrails[1]?.doors).toEqual(['pipeline', 'console']);
});

function problemsOf(bytes: Uint8Array) {
  try {
    loadFile('x.yaml', bytes);
  } catch (error) {
    if (error instanceof InvalidFileError) return error.problems;
    throw error;
  }
  return [];
}
