import { beforeAll, expect, test } from 'vitest';
import { smallRun } from '../review/testing/run-files.ts';
import { nextEvent } from '../review/timeline.ts';
import { ARMS } from '../score/testing/test-run.ts';
import { initialUi } from './initial-ui.ts';
import { reduceUi } from './reduce-ui.ts';
import { type MemoryReview, memoryReview, settle } from './testing/memory-review.ts';
import { type Files, smallRuns } from './testing/small-runs.ts';

let runs: { readonly escaped: Files; readonly held: Files };

beforeAll(async () => {
  runs = await smallRuns();
}, 900_000);

function folders(): Readonly<Record<string, Files>> {
  return { 'reports/held': runs.held, 'reports/escaped': runs.escaped };
}

function openEscaped(): Promise<MemoryReview> {
  return memoryReview(folders(), { directory: 'reports/escaped' });
}

test('the list opens a run with Enter, and Esc comes back to the same row', async () => {
  const review = await memoryReview(folders());
  expect(review.frame()).toContain('▸ layered');
  expect(review.press('j', 'enter')).toMatchObject({ screen: 'run', directory: 'reports/escaped' });
  await settle(review);
  expect(review.frame()).toContain('run-none');
  expect(review.press('escape')).toMatchObject({ screen: 'list', directory: null, list: { cursor: 1 } });
  expect(review.press('q').left).toBe('view');
  review.close();
});

test('a search on the overview goes to the scenario of that name, and a run without a verdict is never called contained', async () => {
  const arms = ARMS.flatMap(arm => [arm, { ...arm, scenario: 'twice' }]);
  const review = await memoryReview({ run: smallRun(arms) }, { directory: 'run' });
  expect(review.press('/', ...'twice', 'enter').scenarioId).toBe('twice');
  expect(review.press('/', ...'nowhere', 'enter').message).toBe('"nowhere" is not in this text.');
  review.close();
  const inconclusive = await memoryReview(
    { run: smallRun(ARMS.filter(({ arm }) => arm !== 'calm')) },
    { directory: 'run' },
  );
  expect(inconclusive.frame().split('\n')[0]).toContain('? 1 of 1 inconclusive');
  inconclusive.close();
});

test('the list is filtered by verdict and searched by text', async () => {
  const review = await memoryReview(folders());
  review.press('f');
  expect(review.frame()).toContain('▸ none');
  expect(review.frame()).not.toContain('layered');
  review.press('f');
  expect(review.frame()).toContain('Nothing fits the filter "inconclusive"');
  review.press('escape', '/', ...'LAYER', 'enter');
  expect(review.frame()).toContain('▸ layered');
  expect(review.frame()).not.toContain('  none ');
  review.close();
});

test('tabs are reached by Tab, by Shift-Tab and by number', async () => {
  const review = await openEscaped();
  expect(review.press('tab', 'tab').tab).toBe('blast-radius');
  expect(review.press('shift-tab').tab).toBe('timeline');
  expect(review.press('6').tab).toBe('compare');
  expect(review.press('tab').tab).toBe('overview');
  review.close();
});

test('a filter that lets no scenario through says so instead of showing one', async () => {
  const review = await openEscaped();
  review.press('f', 'f');
  for (const tab of ['1', '2', '3', '4', '5']) {
    review.press(tab);
    expect(review.frame()).toContain('No scenario of this run is inconclusive');
  }
  review.close();
});

test('the timeline begins at the effect of the mistake, and x jumps from harm to harm', async () => {
  const review = await openEscaped();
  review.press('2');
  expect(review.frame()).toMatch(
    /✗ 0h15m helper: environment\.delete on cost-explorer\/cn-north-1 took effect/,
  );
  const arm = review.state().story?.scenarios[0]?.arms.unguarded;
  if (arm === undefined) throw new Error('the small run has an unguarded arm');
  const first = review.press('home').timeline.cursor.seq ?? 0;
  const next = nextEvent(arm, { seq: first }, { tone: 'bad' });
  expect(review.press('x').timeline.cursor.seq).toBe(next?.seq);
  expect(review.press('X').message).toBe('No earlier harmful event in this arm.');
  review.close();
});

test('n and N go to events of the same kind, or of the search when there is one', async () => {
  const review = await openEscaped();
  review.press('2', '/', ...'on-call', 'enter');
  const seqs = [review.state().timeline.cursor.seq, review.press('n').timeline.cursor.seq];
  expect(Number(seqs[1])).toBeGreaterThan(Number(seqs[0]));
  expect(review.press('N').timeline.cursor.seq).toBe(seqs[0]);
  expect(review.press('escape').search).toBe('');
  review.close();
});

test('zoom and pan stay within the arm, and the shown stretch follows the cursor', async () => {
  const review = await openEscaped();
  review.press('2', '+', '+');
  const { span } = review.state().timeline;
  expect((span?.toMs ?? 0) - (span?.fromMs ?? 0)).toBe(15 * 60_000);
  review.press('m', 'm', 'm', 'm');
  const after = review.state().timeline;
  expect(after.cursor.atMs).toBeGreaterThanOrEqual(after.span?.fromMs ?? 0);
  expect(after.cursor.atMs).toBeLessThanOrEqual(after.span?.toMs ?? 0);
  review.press(...Array.from({ length: 30 }, () => 'H'));
  expect(review.state().timeline.span?.fromMs).toBe(0);
  expect(review.press('0').timeline.span).toBeNull();
  expect(review.press('-').timeline.span).toBeNull();
  review.close();
});

test('Enter opens the full record of an event, and the arrows open its neighbours', async () => {
  const review = await openEscaped();
  review.press('2', 'enter');
  expect(review.frame()).toMatch(/type +effect-finished/);
  const before = review.state().overlay;
  const after = review.press('left').overlay;
  if (before?.kind !== 'record' || after?.kind !== 'record') throw new Error('a record is open');
  expect(after.target.seq).toBeLessThan(before.target.seq);
  expect(after.fields).not.toBeNull();
  expect(review.press('escape')).toMatchObject({
    overlay: null,
    timeline: { cursor: { seq: after.target.seq } },
  });
  review.close();
});

test('every line of a journal is reached through a window that is read as it is scrolled', async () => {
  const review = await openEscaped();
  review.press('2', 'e', 'e', 'G');
  const { page, cursor } = review.state().timeline.lines;
  expect(cursor).toBe((page?.lineCount ?? 0) - 1);
  expect(page?.rows.length).toBeLessThan(page?.lineCount ?? 0);
  expect(review.frame()).toContain('closed status=completed');
  review.press('g');
  expect(review.frame()).toContain('header schema=');
  review.close();
});

test('the blast radius is scrubbed from change to change, and w shows each service at its worst', async () => {
  const review = await openEscaped();
  const at = [
    review.press('3', 'right').blast.atMs,
    review.press('right').blast.atMs,
    review.press('left').blast.atMs,
  ];
  expect(at[1]).toBeGreaterThan(at[0] ?? 0);
  expect(at[2]).toBe(at[0]);
  expect(review.frame()).toContain('▸ cost-explorer');
  expect(review.press('w').blast.atMs).toBeNull();
  review.close();
});

test('another run is chosen to compare with, and x goes back to the arms', async () => {
  const review = await openEscaped();
  review.press('6', 'c');
  expect(review.frame()).toContain('Compare with which run?');
  review.press('enter');
  expect(review.frame()).toContain('run-layered → run-none: compared');
  expect(review.frame()).toContain('discovered: small-deletion escapes');
  review.press('x');
  expect(review.frame()).toContain('unguarded and guarded compared');
  review.close();
});

test('a run that cannot be opened is told in the list, and the list stays', async () => {
  const review = await memoryReview(folders());
  review.dispatch({
    kind: 'list',
    entries:
      review
        .state()
        .list.entries?.map(entry =>
          entry.kind === 'run' ? { ...entry, run: { ...entry.run, directory: 'reports/gone' } } : entry,
        ) ?? [],
  });
  review.press('enter');
  expect(review.state()).toMatchObject({ screen: 'list', message: 'could not find a run in reports/gone' });
  review.close();
});

test('while a run goes on, q asks; only the reader stops it', () => {
  const live = initialUi({ size: { columns: 80, rows: 24 }, directory: 'reports/run', isLive: true });
  const keys = (...all: string[]) => all.reduce((state, key) => reduceUi(state, { kind: 'key', key }), live);
  expect(keys('q')).toMatchObject({ left: null, overlay: { kind: 'leave' } });
  expect(keys('q', 'escape')).toMatchObject({ left: null, overlay: null });
  expect(keys('q', 'enter').left).toBe('view');
  expect(keys('q', 'down', 'enter').left).toBe('stop');
  expect(keys('q', 'up', 'enter')).toMatchObject({ left: null, overlay: null });
  expect(keys('ctrl-c').left).toBe('interrupted');
  const over = reduceUi(keys('q'), { kind: 'live', live: { isOver: true, progress: '' } });
  expect(over.overlay).toBeNull();
  expect(reduceUi(over, { kind: 'key', key: 'q' }).left).toBe('view');
});

test('what comes too late for what is shown changes nothing', () => {
  const state = initialUi({ size: { columns: 80, rows: 24 }, directory: 'reports/run' });
  const target = { scenarioId: 'a', arm: 'guarded', seq: 1 } as const;
  expect(reduceUi(state, { kind: 'record', target, fields: [] })).toBe(state);
  expect(reduceUi(state, { kind: 'page', directory: 'b', lines: [] })).toBe(state);
});
