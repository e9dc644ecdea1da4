import { beforeAll, expect, test } from 'vitest';
import { worstOf } from '../cli/exit-codes.ts';
import { widthOf } from '../report/columns.ts';
import { buildScorecard } from '../score/build-scorecard.ts';
import { HOSTILE_TEXTS, stringsIn, UNSAFE_TEXT } from '../testing/hostile-texts.ts';
import { runOneArm } from '../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { blastRadius } from './blast-radius.ts';
import { compareArms, compareRuns } from './compare.ts';
import { eventRecord } from './event-record.ts';
import { layers } from './layers.ts';
import { openRun } from './open-run.ts';
import { overview } from './overview.ts';
import { printView } from './print/print-view.ts';
import { PRINTED_VIEWS } from './print/views.ts';
import type { RunStory } from './run-story.ts';
import { asOnPorts } from './testing/as-on-ports.ts';
import { memoryRun, wholeStory } from './testing/run-files.ts';
import { nextEvent, timeline } from './timeline.ts';
import { whatToChange } from './what-to-change.ts';

type Files = Readonly<Record<string, string>>;

/** Real runs of the small scenario: without any guardrail, and with one that refuses deletions. */
let escaped: Files;
let held: Files;

beforeAll(async () => {
  const calm = await journals(['calm', 'unguarded'], 'none', []);
  escaped = withCard('none', { ...calm, ...(await journals(['guarded', 'benign'], 'none', [])) });
  const layered = [{ use: 'two-person-rule', doors: ['pipeline'] }, { use: 'deletion-protection' }];
  held = withCard('layered', { ...calm, ...(await journals(['guarded', 'benign'], 'layered', layered)) });
}, 900_000);

async function journals(
  arms: readonly ('calm' | 'unguarded' | 'guarded' | 'benign')[],
  profile: string,
  guardrails: readonly object[],
): Promise<Files> {
  const scenario = smallScenario({ minutes: 60 });
  const ran: [string, string][] = [];
  for (const arm of arms) {
    const { text } = await runOneArm({ scenario, profile: smallProfile(profile, guardrails), arm });
    ran.push([`small-deletion.${arm}.jsonl`, text]);
  }
  return Object.fromEntries(ran);
}

function withCard(profile: string, files: Files): Files {
  const card = buildScorecard({
    ...{ runId: `run-${profile}`, profile, planned: [], reruns: [], failUnder: null },
    ...{ isClean: true, isInterrupted: false, worstOf },
    journals: Object.entries(files).map(([file, text]) => ({ file, text })),
  });
  const manifest = { runId: `run-${profile}`, profile, tool: 'test', startedAt: '2026-03-10T10:00:00.000Z' };
  return { ...files, 'scorecard.json': JSON.stringify(card), 'manifest.json': JSON.stringify(manifest) };
}

function print(
  story: RunStory,
  view: (typeof PRINTED_VIEWS)[number],
  width: number,
  against: RunStory | null = null,
): string {
  const paint = (_tone: unknown, text: string) => text;
  return printView(story, {
    view,
    width,
    paint,
    against,
    directory: 'reports/run',
    scenario: null,
    arm: null,
    atMs: null,
  });
}

test.each(PRINTED_VIEWS.flatMap(view => [80, 140].map(width => [view, width] as const)))(
  '%s at %i columns reads as agreed, and fits',
  async (view, width) => {
    const [before, after] = [wholeStory(escaped), wholeStory(held)];
    const text = `${print(before, view, width)}\n${print(after, view, width, before)}`;
    const longest = Math.max(
      ...text
        .split('\n')
        .filter(line => !line.includes('brakecheck '))
        .map(widthOf),
    );
    expect(longest).toBeLessThanOrEqual(width);
    expect(text).not.toMatch(UNSAFE_TEXT);
    await expect(text).toMatchFileSnapshot(`testing/${view}.${width}.txt`);
  },
);

/** Every view model of the run's first scenario. */
function allViews(story: RunStory, before: RunStory): unknown[] {
  const [scenario] = story.scenarios;
  const { guarded, calm } = scenario?.arms ?? {};
  if (scenario === undefined || guarded === undefined) return [];
  return [
    overview(story),
    timeline(scenario.arms, scenario.score, { columns: 60 }),
    blastRadius(guarded, { calm: calm ?? null, score: scenario.score?.arms.unguarded ?? null, atMs: null }),
    layers(scenario),
    whatToChange(story, 'reports/run'),
    compareRuns(before, story),
    compareArms(scenario, 'unguarded', 'guarded'),
  ];
}

test('on a live stack the timeline says which bars were lived through, and in the simulation nothing of it', () => {
  const text = print(wholeStory(asOnPorts(escaped)), 'timeline', 80);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    "Basis of the bars: ■ measured, lived through; ~ extrapolated, a sample's rates held",
  );
  expect(text).toMatch(/\n {2}basis +■+[◪~]+[■◪~ ]*~/);
  expect(print(wholeStory(escaped), 'timeline', 80)).not.toContain('basis');
});

test('every view is plain data: it survives JSON', () => {
  const story = wholeStory(held);
  const [scenario] = story.scenarios;
  const guarded = scenario?.arms.guarded;
  if (scenario === undefined || guarded === undefined) throw new Error('the small run has a guarded arm');
  const views = [...allViews(story, wholeStory(escaped)), guarded];
  for (const view of views) expect(JSON.parse(JSON.stringify(view))).toEqual(view);
});

test('the layer that held is named, with the one that was never asked', () => {
  const [scenario] = wholeStory(held).scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  const view = layers(scenario);
  expect(view.layers?.map(({ guardrail, outcome }) => [guardrail, outcome])).toEqual([
    ['two-person-rule', 'silent'],
    ['deletion-protection', 'held'],
  ]);
  expect(view.layers?.[1]?.without).toBe('Not re-run; no other layer refused what it refused.');
  const told = scenario.score?.attribution.map(({ guardrail, effect }) => [guardrail, effect]);
  expect(told).toEqual([
    ['two-person-rule', 'silent'],
    ['deletion-protection', 'prevented'],
  ]);
});

test('the blast radius names the cell that the scorecard calls affected, and the time from which it was', () => {
  const [scenario] = wholeStory(escaped).scenarios;
  const { unguarded, calm } = scenario?.arms ?? {};
  if (unguarded === undefined || calm === undefined) throw new Error('no arm');
  const at = (atMs: number | null) => {
    const view = blastRadius(unguarded, { calm, score: scenario?.score?.arms.unguarded ?? null, atMs });
    const hit = view.rows.flatMap(({ cells }) => cells.filter(({ degree }) => degree === 'gone'));
    return { hit: hit.map(({ cell, isTarget }) => [cell, isTarget]), affected: view.affected };
  };
  expect(at(null)).toEqual({
    hit: [['cost-explorer/cn-north-1', true]],
    affected: ['cost-explorer/cn-north-1'],
  });
  expect(at(5 * 60_000).hit).toEqual([]);
});

test('events are found one after the other, and opened with their full record', () => {
  const run = openRun(memoryRun(escaped));
  while (run.step(10_000)) {
    // bounded
  }
  const state = run.story.scenarios[0]?.arms.unguarded;
  if (state === undefined) throw new Error('no arm');
  const first = nextEvent(state, { seq: -1 }, { tone: 'bad' });
  const second = nextEvent(state, { seq: first?.seq ?? 0 }, { tone: 'bad' });
  expect(second?.seq).toBeGreaterThan(first?.seq ?? Number.POSITIVE_INFINITY);
  expect(nextEvent(state, { seq: second?.seq ?? 0, direction: -1 }, { tone: 'bad' })).toEqual(first);
  const [line] = run.journal('small-deletion', 'unguarded')?.readRange(first?.seq ?? 0, 1) ?? [];
  if (line === undefined) throw new Error('no line');
  expect(eventRecord(line)[0]).toEqual({ path: 'seq', value: String(first?.seq) });
});

test('runs that were not asked alike are not compared, and it is said why', () => {
  const changed = Object.fromEntries(
    Object.entries(held).map(([name, text]) => [
      name,
      text.replace(/("scenario":\{"id":"small-deletion","digest":")sha256:../, '$1sha256:zz'),
    ]),
  );
  const view = compareRuns(wholeStory(escaped), wholeStory(changed));
  expect(view.refusal).toContain('no scenario that was asked alike');
  expect(view.leftOut).toEqual(['small-deletion: the scenario was changed between the two']);
  const same = compareRuns(wholeStory(escaped), wholeStory(held));
  expect(same).toMatchObject({
    refusal: null,
    fixed: ['small-deletion escapes'],
    discovered: ['small-deletion: the same task done properly is not let through in time'],
  });
});

test('a run that was cut short is shown as far as it goes, and says so', () => {
  const guarded = escaped['small-deletion.guarded.jsonl'] ?? '';
  const files: Record<string, string> = {
    ...escaped,
    'small-deletion.guarded.jsonl': guarded.slice(0, guarded.length / 2),
  };
  delete files['scorecard.json'];
  const story = wholeStory(files);
  expect(story.notices.join(' ')).toMatch(
    /small-deletion\.guarded\.jsonl is cut.+bytes of a broken line are left out/,
  );
  expect(story.notices.join(' ')).toContain('There is no scorecard');
  const cut = { ...files, 'small-deletion.guarded.jsonl': guarded.slice(0, 50) };
  expect(wholeStory(cut).notices.join(' ')).toContain('was cut within its first line (50 bytes)');
  for (const view of PRINTED_VIEWS) expect(print(story, view, 80)).not.toBe('');
});

test('a scorecard may not make a review open files outside the run', () => {
  const opened: string[] = [];
  const card = (held['scorecard.json'] ?? '').replaceAll(
    'small-deletion.guarded.jsonl',
    '../../secret.jsonl',
  );
  const reader = memoryRun({ ...held, 'scorecard.json': card });
  openRun({
    ...reader,
    openBytes: name => {
      opened.push(name);
      return reader.openBytes(name);
    },
  });
  expect(opened).not.toContain('../../secret.jsonl');
  expect(opened).toContain('small-deletion.calm.jsonl');
});

test.each(HOSTILE_TEXTS.map((text, index) => [index, text] as const))(
  'hostile text %i breaks no printed view',
  (_, text) => {
    const hostile = hostileFiles(held, text);
    const story = wholeStory(hostile);
    const shown = [...allViews(story, wholeStory(hostileFiles(escaped, text))), story.notices, story.facts];
    expect(stringsIn(shown).filter(found => UNSAFE_TEXT.test(found))).toEqual([]);
    for (const view of PRINTED_VIEWS) {
      const printed = print(
        story,
        view,
        80,
        view === 'compare' ? wholeStory(hostileFiles(escaped, text)) : null,
      );
      expect(printed).not.toMatch(UNSAFE_TEXT);
      const commands = (line: string) => line.includes('brakecheck ');
      expect(
        Math.max(
          ...printed
            .split('\n')
            .filter(line => !commands(line))
            .map(widthOf),
        ),
      ).toBeLessThanOrEqual(80);
    }
  },
);

/** Free texts of journals, scorecard and manifest replaced, as somebody would who writes them by hand. */
function hostileFiles(files: Files, text: string): Files {
  const keys = new Set([
    'because',
    'reason',
    'task',
    'title',
    'detail',
    'text',
    'documented',
    'measured',
    'tool',
    'startedAt',
    'who',
    'agent',
    'profile',
    'verb',
    'resource',
    'journey',
    'region',
    'guardrail',
    'onBehalfOf',
    'claim',
    'by',
  ]);
  const swap = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return keys.has(key) ? text : value;
    if (Array.isArray(value)) return value.map(inner => swap(inner, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, swap(inner, name)]));
  };
  const line = (json: string) => (json === '' ? '' : JSON.stringify(swap(JSON.parse(json), '')));
  return Object.fromEntries(
    Object.entries(files).map(([name, body]) => [
      name,
      name.endsWith('.jsonl') ? body.split('\n').map(line).join('\n') : line(body),
    ]),
  );
}
