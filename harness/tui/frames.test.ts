import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { widthOf } from '../report/columns.ts';
import { asOnPorts } from '../review/testing/as-on-ports.ts';
import { HOSTILE_TEXTS, UNSAFE_TEXT } from '../testing/hostile-texts.ts';
import { colourBrush, monochromeBrush, plainBrush } from './draw/brush.ts';
import { screenLines } from './draw/screen-lines.ts';
import { withoutColour } from './draw/text.ts';
import { isTiny } from './geometry.ts';
import type { GameDayEntry } from './list-entry.ts';
import { memoryReview, settle } from './testing/memory-review.ts';
import { type Files, smallRuns } from './testing/small-runs.ts';

let folders: Readonly<Record<string, Files>>;
let live: Readonly<Record<string, Files>>;
let hostile: Readonly<Record<string, Files>>;

beforeAll(async () => {
  const { escaped, held } = await smallRuns();
  folders = { 'reports/held': held, 'reports/escaped': escaped };
  live = { 'reports/live': asOnPorts(escaped) };
  hostile = { 'reports/held': poisoned(held), 'reports/escaped': poisoned(escaped) };
}, 900_000);

/** What an agent, a guardrail and a person say is replaced by attacks on whoever reads it. */
function poisoned(files: Files): Files {
  let next = 0;
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replace(/"(reason|text|because|task|detail|title)":"(?:[^"\\]|\\.)*"/g, (_whole, key: string) => {
        const attack = HOSTILE_TEXTS[next++ % HOSTILE_TEXTS.length] ?? '';
        return `"${key}":${JSON.stringify(attack.slice(0, 2_000))}`;
      }),
    ]),
  );
}

const VIEWS: Readonly<Record<string, readonly string[]>> = {
  overview: [],
  timeline: ['2'],
  events: ['2', 'e'],
  lines: ['2', 'e', 'e'],
  'blast-radius': ['3', 'right', 'j', 'j'],
  layers: ['4', 'j'],
  'what-to-change': ['5'],
  compare: ['6'],
  'timeline-live': ['2'],
  record: ['2', 'enter'],
  help: ['?'],
};

const FOLDERS: Readonly<Record<string, string>> = {
  layers: 'reports/held',
  'timeline-live': 'reports/live',
};

test.each(
  Object.keys(VIEWS).flatMap(view =>
    (
      [
        [80, 24],
        [140, 40],
      ] as const
    ).map(([columns, rows]) => ({ view, columns, rows })),
  ),
)('$view at $columns × $rows looks as agreed', async ({ view, columns, rows }) => {
  const directory = FOLDERS[view] ?? 'reports/escaped';
  const review = await memoryReview({ ...folders, ...live }, { directory, size: { columns, rows } });
  review.press(...(VIEWS[view] ?? []));
  await expect(`${review.frame()}\n`).toMatchFileSnapshot(`golden/${view}.${columns}x${rows}.txt`);
  review.close();
});

test.each([
  [80, 24],
  [140, 40],
] as const)('the list at %i × %i looks as agreed', async (columns, rows) => {
  const gameDay: GameDayEntry = {
    ...{
      directory: 'reports/spring',
      name: 'spring',
      startedAt: '2026-03-11T08:00:00.000Z',
      state: 'finished',
    },
    ...{ contained: 1, escaped: 1, inconclusive: 0, score: 41, trend: 'better' },
  };
  const review = await memoryReview(folders, { gameDay, size: { columns, rows } });
  review.press('j');
  await expect(`${review.frame()}\n`).toMatchFileSnapshot(`golden/list.${columns}x${rows}.txt`);
  review.close();
});

const KEYS = [
  ...'hjklgGHLnNxXmMaAewf/c?q[]0123456+-rsv ',
  'up',
  'down',
  'left',
  'right',
  'enter',
  'escape',
  'tab',
  'shift-tab',
  'pageDown',
  'pageUp',
  'home',
  'end',
  'backspace',
  'ctrl-d',
  'ctrl-u',
];

test('whatever is pressed, in whatever window and with whatever text, every screen fits and is safe to show', async () => {
  const reviews = await Promise.all([
    memoryReview(hostile),
    memoryReview(hostile, { directory: 'reports/escaped' }),
    memoryReview(hostile, { directory: 'reports/held', isLive: true }),
  ]);
  const event = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...KEYS).map(key => ({ kind: 'key', key }) as const) },
    {
      weight: 1,
      arbitrary: fc
        .record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) })
        .map(size => ({ kind: 'resize', size }) as const),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map(text => ({ kind: 'text', text }) as const),
    },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...reviews),
      fc.array(event, { minLength: 1, maxLength: 25 }),
      (review, events) => {
        for (const one of events) {
          review.dispatch(one);
          checkScreen(review.state());
          // A review that was left begins again; its data is still there.
          if (review.state().left !== null) return;
        }
      },
    ),
    { numRuns: 60 },
  );
  for (const review of reviews) review.close();
});

function checkScreen(state: Parameters<typeof screenLines>[0]): void {
  const { head, body, foot } = screenLines(state, plainBrush);
  const lines = [...head, ...body, foot];
  if (!isTiny(state.size)) expect(lines).toHaveLength(state.size.rows);
  for (const line of lines) {
    expect(line).not.toMatch(UNSAFE_TEXT);
    expect(widthOf(line), line).toBeLessThanOrEqual(Math.max(1, state.size.columns));
  }
}

test('colour says nothing that signs and words do not, and NO_COLOR leaves only bold and reversed', async () => {
  const review = await memoryReview(folders, { directory: 'reports/escaped' });
  for (const tab of ['1', '2', '3', '4', '5', '6']) {
    const state = review.press(tab);
    const shown = (brush: typeof plainBrush) => Object.values(screenLines(state, brush)).flat().join('\n');
    expect(withoutColour(shown(colourBrush))).toBe(shown(plainBrush));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what it looks for
    expect(shown(monochromeBrush)).not.toMatch(/\u001b\[3\d/);
  }
  review.close();
});

test('in the narrowest window all six views are named, and the key of the help is there', async () => {
  const review = await memoryReview(folders, {
    directory: 'reports/escaped',
    size: { columns: 60, rows: 16 },
  });
  for (const key of ['1', '2', '3', '4', '5', '6']) {
    review.press(key);
    expect(review.frame()).toContain('6 Compare');
    expect(review.frame()).toMatch(/\? help$/);
  }
  review.dispatch({ kind: 'resize', size: { columns: 20, rows: 6 } });
  expect(review.frame().replaceAll(/\s+/g, ' ')).toContain('The window is too small (20 × 6).');
  review.close();
});

test('a window that is too small says so, and the screen comes back with it', async () => {
  const review = await memoryReview(folders, { directory: 'reports/escaped' });
  review.dispatch({ kind: 'resize', size: { columns: 30, rows: 5 } });
  expect(review.frame()).toContain('The window is too small (30');
  review.dispatch({ kind: 'resize', size: { columns: 80, rows: 24 } });
  expect(review.frame()).toContain('small-deletion');
  review.close();
});

test('a journal that was cut is shown as far as it goes, and the reader is told on every tab', async () => {
  const files = folders['reports/escaped'] ?? {};
  const name = 'small-deletion.guarded.jsonl';
  const cut = { ...files, [name]: (files[name] ?? '').slice(0, 40_000) };
  const review = await memoryReview({ 'reports/cut': cut }, { directory: 'reports/cut' });
  await settle(review);
  expect(review.frame()).toContain('small-deletion.guarded.jsonl is cut');
  review.press('2');
  expect(review.frame()).toContain('! 1 notice (Overview)');
  review.close();
});
