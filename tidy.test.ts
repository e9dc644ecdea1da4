import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** The rules of the house, held by a test: see DESIGN's layout and `harness/decisions/`. */

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
}

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    path =>
      /\.tsx?$/.test(path) && !path.startsWith('fixtures/broken/') && !path.startsWith('fixtures/guests/'),
  )
  .map((path): SourceFile => {
    const text = readFileSync(path, 'utf8');
    return { path, text, lines: text.split('\n') };
  });
const sources = files.filter(
  ({ path }) => !path.endsWith('.test.ts') && !path.endsWith('.test.tsx') && !path.includes('/testing/'),
);

/** For each folder of `harness/`, the folders that its files may import from besides their own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ports: ['kernel', 'journal', 'scenario'],
  journal: ['kernel', 'ports'],
  scenario: ['kernel', 'ports'],
  plan: ['kernel', 'ports', 'journal', 'scenario'],
  'control-plane': ['kernel', 'ports', 'journal', 'scenario'],
  guardrails: ['kernel', 'ports', 'journal', 'scenario'],
  agent: ['kernel', 'ports', 'journal', 'scenario'],
  people: ['kernel', 'ports', 'journal', 'scenario'],
  stack: ['kernel', 'ports', 'journal', 'scenario'],
  traffic: ['kernel', 'ports', 'journal', 'scenario'],
  oracle: ['kernel', 'ports', 'journal', 'scenario'],
  run: [
    'kernel',
    'ports',
    'journal',
    'scenario',
    'plan',
    'control-plane',
    'guardrails',
    'agent',
    'people',
    'stack',
    'traffic',
    'oracle',
  ],
  score: ['kernel', 'ports', 'journal', 'scenario', 'plan'],
  report: ['kernel', 'ports', 'journal', 'scenario', 'plan', 'score'],
  advice: ['kernel', 'ports', 'journal', 'scenario', 'plan', 'score', 'report'],
  // The page shows the same views as the screens, which are told in the reports' words.
  'report/html': ['kernel', 'ports', 'journal', 'scenario', 'plan', 'score', 'report', 'review'],
  review: ['kernel', 'ports', 'journal', 'scenario', 'plan', 'score', 'report', 'advice'],
  tui: ['kernel', 'ports', 'journal', 'scenario', 'plan', 'score', 'report', 'review'],
  gameday: ['kernel', 'ports', 'journal', 'scenario', 'plan', 'score'],
  // Writes messages, in the reports' words and as safe as they are.
  'gameday/notify': ['kernel', 'scenario', 'report', 'gameday'],
  // Compares as the screens do, in the reports' words, and draws its page as theirs.
  'gameday/history': ['kernel', 'journal', 'score', 'report', 'report/html', 'review', 'gameday'],
};

/** Calls that read the real clock, the real world's chance, or end the process: for the command line alone. */
const BANNED =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|\brandomUUID\(|\bprocess\.(exit|env|hrtime)|\bcrypto\.subtle|\.toLocale|localeCompare\(/;

/** Programs that run in containers: each is its own process, and puts itself together as the command line does. */
const COMPOSITION_ROOTS = /^harness\/stack\/containers\/inside\/[a-z-]+-main\.ts$/;

const LEFTOVERS = /\b(TODO|FIXME|XXX|HACK)\b|not implemented|\bdebugger\b/;

test('imports point inward, and siblings do not know one another', () => {
  const wrong = sources.flatMap(file => {
    const home = folderOf(file.path);
    const others = home === undefined ? undefined : MAY_IMPORT[home];
    if (others === undefined) return [];
    const allowed = [home, ...others];
    return importsOf(file)
      .map(folderOf)
      .filter(folder => folder !== undefined && !allowed.includes(folder))
      .filter(folder => !(folder === 'cli' && COMPOSITION_ROOTS.test(file.path)))
      .map(folder => `${file.path} imports from ${folder}`);
  });
  expect(wrong).toEqual([]);
});

test('the mock company knows nothing of the harness', () => {
  const wrong = sources
    .filter(({ path }) => path.startsWith('fixtures/'))
    .flatMap(file =>
      importsOf(file)
        .filter(target => target.startsWith('harness/'))
        .map(target => `${file.path} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});

test('no real clock, chance or process below the command line', () => {
  const wrong = sources
    .filter(({ path }) => !/^harness\/(cli|bench)\//.test(path) && !path.endsWith('.config.ts'))
    .filter(({ path }) => !COMPOSITION_ROOTS.test(path))
    .flatMap(file => places(file, BANNED));
  expect(wrong).toEqual([]);
});

test('nobody waits on AbortSignal.any, which never lets go of who listens: kernel/either-signal.ts does', () => {
  const wrong = sources
    .filter(({ path }) => !path.startsWith('harness/kernel/either-signal'))
    .flatMap(file => places(file, /\bAbortSignal\.any\(/));
  expect(wrong).toEqual([]);
});

test('no incident has code of its own in the harness', () => {
  const wrong = sources
    .filter(({ path }) => path.startsWith('harness/'))
    .flatMap(file => places(file, /kiro|amazon|treadwell|six-hour/i));
  expect(wrong).toEqual([]);
});

test('files are at most 300 lines', () => {
  expect(
    sources.filter(({ lines }) => lines.length > 301).map(({ path, lines }) => `${path}: ${lines.length}`),
  ).toEqual([]);
});

test('functions are at most 50 lines', () => {
  const wrong = sources.flatMap(file =>
    longFunctions(file).map(({ line, length }) => `${file.path}:${line} has ${length} lines`),
  );
  expect(wrong).toEqual([]);
});

test('nothing is left over', () => {
  expect(sources.flatMap(file => places(file, LEFTOVERS))).toEqual([]);
});

test('no test is switched off or singled out', () => {
  const tests = files.filter(({ path }) => /\.test\.tsx?$/.test(path) && path !== 'tidy.test.ts');
  expect(tests.flatMap(file => places(file, /\b(it|test|describe)\.(only|todo)\(/))).toEqual([]);
});

test('file names are lower-case words joined by hyphens', () => {
  expect(
    files
      .map(({ path }) => path)
      .filter(path => !/^([a-z0-9.-]+\/)*[a-z0-9-]+(\.[a-z-]+)*\.tsx?$/.test(path)),
  ).toEqual([]);
});

/** The folder of `harness/` that a rule is for: a deeper one where it has a rule of its own. */
function folderOf(path: string): string | undefined {
  const [, outer, inner] = /^harness\/([^/]+)\/(?:([^/]+)\/)?/.exec(path) ?? [];
  const deeper = `${outer}/${inner}`;
  return MAY_IMPORT[deeper] === undefined ? outer : deeper;
}

function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(match =>
    normalize(join(dirname(file.path), match[1] as string)),
  );
}

function places(file: SourceFile, pattern: RegExp): string[] {
  return file.lines.flatMap((line, index) => {
    const isComment = /^\s*(\*|\/\/|\/\*)/.test(line);
    return pattern.test(line) && !(isComment && pattern === BANNED)
      ? [`${file.path}:${index + 1}: ${line.trim()}`]
      : [];
  });
}

/** Functions and methods by indentation, which the formatter keeps true: from the opening line to its closing brace. */
function longFunctions(file: SourceFile): { line: number; length: number }[] {
  const found: { line: number; length: number }[] = [];
  const opening =
    /^( *)(?:export )?(?:async )?(?:function\b|(?:private |public |override |static |async |get )*[\w]+\(.*\)(?:: .+)? \{$|const \w+ = (?:async )?\(.*=> \{$)/;
  file.lines.forEach((line, index) => {
    const match = opening.exec(line);
    if (match === null || /^\s*(if|for|while|switch|return|test|describe)\b/.test(line)) return;
    const close = file.lines.findIndex((later, at) => at > index && later.startsWith(`${match[1]}}`));
    const length = close - index + 1;
    if (length > 50) found.push({ line: index + 1, length });
  });
  return found;
}
