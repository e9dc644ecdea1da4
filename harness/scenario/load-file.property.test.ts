import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { InvalidFileError } from './invalid-file-error.ts';
import { loadFile } from './load-file.ts';
import { readFile } from './read-file.ts';
import { checkReferences } from './references/check-references.ts';
import { fixtureReader, smallReferences } from './testing/small-references.ts';

const references = smallReferences();
const FILES = ['world', 'scenario', 'profile', 'change'].map(name =>
  readFile(fixtureReader(), `fixtures/valid/${name}.yaml`),
);
const TREES = FILES.map(bytes => loadFile('fixtures/valid/x.yaml', bytes).tree.value);
const RUNS = { numRuns: 400 };

/** Words that are legal somewhere, so that mutations come further than noise does. */
const word = fc.oneof(
  fc.constantFrom(
    'stop',
    'id',
    'door',
    'console',
    'verb',
    '10m',
    '5%',
    '@plan',
    '*',
    'na',
    'pricing/na',
    'kind',
    '__proto__',
  ),
  fc.string({ maxLength: 12 }),
);
const anything = fc.oneof(
  word,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300),
  fc.constant([]),
  fc.constant({}),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word, { maxKeys: 3 }),
);
const mutation = fc.record({
  at: fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
  change: fc.constantFrom('replace', 'delete', 'rename', 'add', 'nest'),
  key: word,
  value: anything,
});

test('whatever is changed in the values of a valid file, it is valid or told as invalid with places', () => {
  fc.assert(
    fc.property(
      fc.nat(TREES.length - 1),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      (index, mutations) => {
        const tree = structuredClone(TREES[index]);
        for (const { at, ...change } of mutations) mutate(tree, at, change);
        holds(new TextEncoder().encode(stringify(tree)));
      },
    ),
    RUNS,
  );
});

test('whatever is done to the text of a valid file, it is valid or told as invalid with places', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\t',
      '\n',
      ': ',
      '- ',
      '[',
      '}',
      '"',
      "'",
      '#',
      '&a ',
      '*a',
      '!x ',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '\r',
      '? ',
      '|',
      '<<: *a\n',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(
      fc.nat(FILES.length - 1),
      fc.nat(),
      fc.nat(60),
      piece,
      fc.boolean(),
      (index, at, cut, insert, truncated) => {
        const text = new TextDecoder().decode(FILES[index]);
        const start = at % text.length;
        holds(
          new TextEncoder().encode(
            text.slice(0, start) + insert + (truncated ? '' : text.slice(start + cut)),
          ),
        );
      },
    ),
    RUNS,
  );
});

test('random bytes inside a valid file, or alone, never come through as an exception of another kind', () => {
  fc.assert(
    fc.property(
      fc.nat(FILES.length - 1),
      fc.nat(),
      fc.uint8Array({ maxLength: 40 }),
      fc.boolean(),
      (index, at, noise, alone) => {
        const bytes = FILES[index] as Uint8Array;
        const start = at % bytes.length;
        holds(alone ? noise : Uint8Array.from([...bytes.slice(0, start), ...noise, ...bytes.slice(start)]));
      },
    ),
    RUNS,
  );
});

/** Valid, or refused with at least one problem, each on a line of the file and in one line of text. */
function holds(bytes: Uint8Array): void {
  const lines = new TextDecoder().decode(bytes).split('\n');
  for (const problem of problemsOf(bytes)) {
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.line).toBeLessThanOrEqual(lines.length);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1]?.length ?? 0) + 1);
    expect(problem.message).toMatch(/^could not [^\p{Cc}]+$/u);
    expect(problem.excerptOffset).toBeLessThanOrEqual(problem.excerpt.length);
  }
}

function problemsOf(bytes: Uint8Array) {
  try {
    return checkReferences(loadFile('fixtures/valid/x.yaml', bytes), references);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFileError);
    const { problems } = error as InvalidFileError;
    expect(problems.length).toBeGreaterThanOrEqual(1);
    return problems;
  }
}

interface Change {
  readonly change: string;
  readonly key: string;
  readonly value: unknown;
}

/** Walks down by the numbers of `at`, then changes what is there. */
function mutate(root: unknown, at: readonly number[], { change, key, value }: Change): void {
  let container = root as Record<string, unknown>;
  for (const [depth, choice] of at.entries()) {
    const keys = Object.keys(container);
    if (keys.length === 0) return;
    const chosen = keys[choice % keys.length] as string;
    const inner = container[chosen];
    const isLast = depth === at.length - 1 || typeof inner !== 'object' || inner === null;
    if (!isLast) {
      container = inner as Record<string, unknown>;
      continue;
    }
    if (change === 'delete' || change === 'rename') delete container[chosen];
    if (change === 'rename' || change === 'add') container[key] = inner;
    if (change === 'replace') container[chosen] = value;
    if (change === 'nest') container[chosen] = [inner];
    return;
  }
}
