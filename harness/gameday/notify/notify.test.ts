import { expect, test } from 'vitest';
import { HOSTILE_TEXTS, stringsIn, UNSAFE_TEXT } from '../../testing/hostile-texts.ts';
import type { ScheduleEvent } from '../schedule/events.ts';
import type { Scoreboard } from '../scoreboard.ts';
import { CARDS, testScoreboard, testScoredRun, testSpec } from '../testing/test-day.ts';
import { emailMessage } from './email-message.ts';
import { missedOccurrence } from './missed-occurrence.ts';
import type { Notice, NoticeEvent, Occurrence } from './notice.ts';
import { occurrencesOf } from './occurrences-of.ts';
import { signatureHeaders } from './sign.ts';
import { slackMessage } from './slack-message.ts';
import { testNotice, writeNotice } from './write-notice.ts';

type Fate = 'contained' | 'escaped' | 'inconclusive';

function day(fate: Fate, parts: Parameters<typeof testScoreboard>[0] = {}): Scoreboard {
  return testScoreboard({ runs: [testScoredRun(CARDS[fate])], ...parts });
}

function eventsOf(now: Fate, earlier: readonly Scoreboard[], isComplete = true): NoticeEvent[][] {
  return occurrencesOf(day(now), earlier, { isComplete })
    .filter(({ scenario }) => scenario !== null)
    .map(({ events }) => [...events]);
}

test('an escape is told each time, a change of verdict against the newest comparable day, a recovery once', () => {
  expect(eventsOf('escaped', [])).toEqual([['escape']]);
  expect(eventsOf('escaped', [day('escaped')])).toEqual([['escape']]);
  expect(eventsOf('escaped', [day('contained')])).toEqual([['escape', 'verdict-change']]);
  expect(eventsOf('contained', [day('escaped')])).toEqual([['verdict-change', 'recovery']]);
  expect(eventsOf('contained', [day('contained'), day('escaped')])).toEqual([]);
  expect(eventsOf('inconclusive', [day('contained')])).toEqual([['verdict-change']]);
});

test('a recovery is found behind days that were inconclusive', () => {
  const past = [day('inconclusive'), day('escaped')];
  expect(eventsOf('contained', past)).toEqual([['verdict-change', 'recovery']]);
  expect(occurrencesOf(day('contained'), past, { isComplete: true })[0]?.sentence).toContain(
    'escaped on 2026-03-10',
  );
});

test('only what was asked alike is compared: the scenario, its world, seeds and stack', () => {
  const asked = (scenario: string, world: string) =>
    day('contained', {
      runs: [testScoredRun(CARDS.contained, { questions: new Map([['rebuild', { scenario, world }]]) })],
    });
  expect(eventsOf('escaped', [asked('sha256:scenario', 'sha256:other')])).toEqual([['escape']]);
  expect(eventsOf('escaped', [asked('sha256:other', 'sha256:world')])).toEqual([['escape']]);
  expect(eventsOf('escaped', [day('contained', { seeds: ['two'] })])).toEqual([['escape']]);
  const onLocal = day('contained', { spec: testSpec({ stack: 'local' }) });
  expect(eventsOf('escaped', [onLocal])).toEqual([['escape']]);
  // The next older one is looked at instead.
  const changed = [['escape', 'verdict-change']];
  expect(eventsOf('escaped', [onLocal, day('contained')])).toEqual(changed);
});

test('half a game day tells of escapes alone, which nothing can undo', () => {
  expect(eventsOf('escaped', [day('contained')], false)).toEqual([['escape']]);
  expect(eventsOf('contained', [day('escaped')], false)).toEqual([]);
});

test('a known gap is not told as an escape, and a baseline never', () => {
  const until = '2026-12-31';
  const known = testSpec({
    expectations: [{ scenario: 'rebuild', expect: 'escaped', reason: 'known', until }],
  });
  const board = day('escaped', { spec: known });
  expect(occurrencesOf(board, [], { isComplete: true }).map(({ events }) => events)).toEqual([['finished']]);
  const baseline = day('escaped', { runs: [testScoredRun(CARDS.escaped, { baseline: true })] });
  expect(occurrencesOf(baseline, [], { isComplete: false })).toEqual([]);
});

test('the game day as a whole holds again when the one before did not', () => {
  const [whole] = occurrencesOf(day('contained'), [day('escaped')], { isComplete: true }).filter(
    ({ scenario }) => scenario === null,
  );
  expect(whole).toMatchObject({ events: ['recovery', 'finished'], before: 'weakness', after: 'held' });
});

test('a run that did not happen is told; one that runs, waits or ended with an answer is not', () => {
  const atMs = Date.parse('2026-03-10T10:00:00Z');
  const told = (event: ScheduleEvent) => missedOccurrence(event)?.sentence ?? null;
  const due = { atMs, dueMs: atMs };
  const missed = { type: 'missed', atMs, dueTimes: [atMs], isAtLeast: false } as const;
  expect(told({ ...missed, madeUpMs: null })).toBe(
    'the run of 2026-03-10T10:00:00Z was missed while no scheduler was up, and is not made up for',
  );
  expect(told({ ...missed, madeUpMs: atMs })).toBeNull();
  expect(told({ type: 'skipped', ...due, because: 'overlap' })).toContain('the one before still ran');
  expect(told({ type: 'ended', ...due, outcome: 'crashed' })).toContain('crashed');
  expect(told({ type: 'ended', ...due, outcome: 'weakness' })).toBeNull();
  expect(told({ type: 'begun', ...due, folder: 'x' })).toBeNull();
});

test('somebody is told what they asked for, and nothing at all where nothing of it happened', () => {
  const board = day('escaped');
  const facts = {
    ...{ gameDay: 'a-day', title: 'A day', at: '2026-03-10T10:00:00.000Z', board, isComplete: true },
    occurrences: occurrencesOf(board, [day('contained')], { isComplete: true }),
  };
  const notice = writeNotice(facts, { on: ['escape'] });
  expect(notice).toMatchObject({
    schema: 'brakecheck/notification/v1',
    headline: 'a-day: 1 escaped',
    occurrences: [{ scenario: 'rebuild', before: 'contained', after: 'escaped' }],
    result: { exit: { code: 1, name: 'weakness' }, verdicts: { escaped: 1 } },
  });
  expect(writeNotice(facts, { on: ['schedule-missed', 'recovery'] })).toBeNull();
  expect(writeNotice(facts, { on: ['finished'] })?.headline).toBe('a-day: ended, weakness');
  // Written again it is the same message; another channel's is another one.
  expect(writeNotice({ ...facts, at: '2026-03-10T11:00:00.000Z' }, { on: ['escape'] })?.id).toBe(notice?.id);
  expect(writeNotice(facts, { on: ['finished'] })?.id).not.toBe(notice?.id);
});

test('a signature is that of the Standard Webhooks specification', () => {
  // Its own example: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    atMs: 1_614_265_330_999,
  };
  expect(signatureHeaders(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  expect(signatureHeaders(message, null)).not.toHaveProperty('webhook-signature');
});

function hostile(text: string): Notice {
  const board = { ...day('escaped'), runId: text, note: text };
  const sentence = testNotice({ gameDay: text, title: text, at: '2026-03-10T10:00:00.000Z' }).title;
  const occurrence: Occurrence = {
    ...{ events: ['escape'], sentence, scenario: null, profile: null, before: null, after: null },
  };
  const occurrences = Array.from({ length: 300 }, () => occurrence);
  const facts = { gameDay: text, title: text, at: '2026-03-10T10:00:00.000Z', board, isComplete: true };
  const notice = writeNotice({ ...facts, occurrences }, { on: ['escape'] });
  if (notice === null) throw new Error('an escape is always told');
  return notice;
}

test('hostile texts are inert and bounded in every format', () => {
  for (const text of HOSTILE_TEXTS) {
    const notice = hostile(text);
    const slack = slackMessage(notice);
    const mail = emailMessage(notice, text);
    for (const shown of [...stringsIn(notice), ...stringsIn(slack), mail.subject, mail.text, mail.html]) {
      expect(shown).not.toMatch(UNSAFE_TEXT);
    }
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect([...mail.subject].length).toBeLessThanOrEqual(150);
    expect(
      mail.html.replaceAll(/<\/?(html|head|body|meta|title|h1|p|ul|li|small)\b[^<>]*>|<!doctype html>/g, ''),
    ).not.toMatch(/[<>]/);
    expect(slack.text).not.toMatch(/[<>@]/);
    expect(JSON.stringify(slack.blocks)).not.toContain('@');
    expect(slack.blocks.length).toBeLessThanOrEqual(50);
    for (const block of slack.blocks) {
      const most = block.type === 'header' ? 150 : 3_000;
      for (const shown of block.type === 'context' ? block.elements : [block.text]) {
        expect(shown.type).toBe('plain_text');
        expect(shown.text.length).toBeLessThanOrEqual(most);
        expect(shown.text.length).toBeGreaterThan(0);
      }
    }
    expect(JSON.stringify(notice).length).toBeLessThan(100_000);
  }
});

test('a test message says that it is one in every format', () => {
  const notice = testNotice({ gameDay: 'a-day', title: 'A day', at: '2026-03-10T10:00:00.000Z' });
  const mail = emailMessage(notice, 'Team');
  expect(notice.isTest).toBe(true);
  expect(slackMessage(notice).text).toContain('[test]');
  expect(mail.subject).toBe('[Team] [test] a-day: a test of its notifications; nothing happened');
  expect(mail.text).toContain('[test]');
});
