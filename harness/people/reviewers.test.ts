import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchShare } from './review-decision.ts';
import { startReviewers } from './reviewers.ts';
import { approvalDesk, doubtfulAction, soundAction } from './testing/approval-desk.ts';
import { MINUTE_MS, type TestWorld, testContext, testWorld } from './testing/test-world.ts';

type ReviewerFigures = TestWorld['people']['reviewers'];

function withReviewers(over: Partial<ReviewerFigures>): TestWorld {
  const world = testWorld();
  return { ...world, people: { ...world.people, reviewers: { ...world.people.reviewers, ...over } } };
}

function open(over: Partial<ReviewerFigures> = {}, seed = 'people') {
  const context = testContext(withReviewers(over), seed);
  const desk = approvalDesk();
  const reviewers = startReviewers({ context, controlPlane: desk });
  const run = (untilMs = 24 * 60 * MINUTE_MS) => context.clock.run({ untilMs, maxTasks: 100_000 });
  const reviews = () => context.events.filter(event => event.type === 'person' && event.phase === 'reviewed');
  return { context, desk, reviewers, run, reviews };
}

test('a request that shows nothing wrong is granted after one review', async () => {
  const { desk, run, context } = open();
  const id = desk.ask(soundAction());
  await run();
  expect(desk.settled.get(id)).toBe('granted');
  expect(context.events).toEqual([
    {
      atMs: 10 * MINUTE_MS,
      type: 'person',
      who: 'reviewer-1',
      role: 'reviewer',
      phase: 'reviewed',
      sinceMs: 0,
      kind: 'declared',
      text: 'ap-1: granted; nothing speaks against it',
    },
  ]);
});

test('a doubtful request is refused by reviewers who always catch, with the doubts in words', async () => {
  const { desk, run, context } = open({ catchWhenFresh: 1, catchWhenTired: 1 });
  const id = desk.ask(doubtfulAction());
  await run();
  expect(desk.settled.get(id)).toBe('refused');
  expect(context.events[0]).toMatchObject({
    text: expect.stringContaining('refused; no evidence is attached'),
  });
});

test('a doubtful request that is overlooked is granted, and the journal says what was overlooked', async () => {
  const { desk, run, context } = open({ catchWhenFresh: 0, catchWhenTired: 0 });
  const id = desk.ask(doubtfulAction());
  await run();
  expect(desk.settled.get(id)).toBe('granted');
  expect(context.events[0]).toMatchObject({ text: expect.stringContaining('granted; overlooked: ') });
});

test('halving the review delay halves the span, and each queued request adds its time', async () => {
  const spans = async (medianMs: number) => {
    const { desk, run, reviews } = open({
      review: { median: medianMs, variation: 0, source: 'simulated' },
      people: [{ id: 'reviewer-1', level: 'mid' }],
    });
    desk.ask(soundAction());
    desk.ask(soundAction());
    await run();
    return reviews().map(event => (event.type === 'person' ? (event.atMs - event.sinceMs) / MINUTE_MS : 0));
  };
  expect(await spans(10 * MINUTE_MS)).toEqual([12, 10]);
  expect(await spans(5 * MINUTE_MS)).toEqual([7, 5]);
});

test('one reviewer takes one request at a time, in order', async () => {
  const { desk, run, reviews } = open({ people: [{ id: 'reviewer-1', level: 'mid' }], perQueuedRequest: 0 });
  for (let nth = 0; nth < 3; nth++) desk.ask(soundAction());
  await run();
  expect(reviews().map(({ atMs }) => atMs / MINUTE_MS)).toEqual([10, 20, 30]);
});

test('a demand for two takes two different people, at once when both are free', async () => {
  const { desk, run, reviews } = open();
  const id = desk.ask(soundAction(), { count: 2 });
  await run();
  expect(desk.settled.get(id)).toBe('granted');
  expect(reviews().map(event => (event.type === 'person' ? event.who : ''))).toEqual([
    'reviewer-1',
    'reviewer-2',
  ]);
  expect(reviews().map(({ atMs }) => atMs)).toEqual([10 * MINUTE_MS, 10 * MINUTE_MS]);
});

test('only a senior can satisfy a demand for a senior', async () => {
  const { desk, run, reviews } = open();
  desk.ask(soundAction(), { level: 'senior' });
  await run();
  expect(reviews()).toMatchObject([{ who: 'reviewer-2' }]);
});

test('a request that too few may review stays open, and the journal says why', async () => {
  const { desk, run, context } = open({ people: [{ id: 'reviewer-1', level: 'junior' }] });
  desk.ask(soundAction(), { level: 'senior' });
  await run();
  expect(desk.settled.size).toBe(0);
  expect(context.events).toMatchObject([
    { phase: 'gave-up', text: 'ap-1: it takes 1 of level senior and 0 may review it; it expires in 1d' },
  ]);
});

test('nobody reviews what they asked for or what was asked in their name', async () => {
  const { desk, run, reviews } = open({
    people: [
      { id: 'engineer-1', level: 'senior' },
      { id: 'fixer', level: 'senior' },
      { id: 'reviewer-2', level: 'mid' },
    ],
  });
  desk.ask(soundAction());
  await run();
  expect(reviews()).toMatchObject([{ who: 'reviewer-2' }]);
});

test('after stop nobody answers', async () => {
  const { desk, run, reviewers } = open();
  desk.ask(soundAction());
  reviewers.stop();
  desk.ask(soundAction());
  await run();
  expect(desk.settled.size).toBe(0);
});

test('the share that is caught falls from fresh to tired and never leaves that range', () => {
  const figures = { catchWhenFresh: 0.9, catchWhenTired: 0.3 };
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (a, b) => {
      const [fewer, more] = a < b ? [a, b] : [b, a];
      expect(catchShare(figures, more)).toBeLessThanOrEqual(catchShare(figures, fewer));
      expect(catchShare(figures, more)).toBeGreaterThanOrEqual(0.3 - 1e-9);
    }),
  );
  expect(catchShare(figures, 0)).toBe(0.9);
  expect(catchShare(figures, 10)).toBeCloseTo(0.3);
});

test('over many seeds a long queue lets more doubtful requests through than a short one', async () => {
  const refusedOf = async (seed: string, others: number) => {
    const { desk, run } = open({ people: [{ id: 'reviewer-1', level: 'mid' }] }, seed);
    for (let nth = 0; nth < others + 1; nth++) desk.ask(doubtfulAction());
    await run();
    return desk.settled.get('ap-1') === 'refused';
  };
  let fresh = 0;
  let tired = 0;
  for (let seed = 0; seed < 200; seed++) {
    if (await refusedOf(`s${seed}`, 0)) fresh++;
    if (await refusedOf(`s${seed}`, 10)) tired++;
  }
  expect(fresh / 200).toBeGreaterThan(0.82);
  expect(tired / 200).toBeLessThan(0.42);
});

test('the same seed gives the same reviews', async () => {
  const texts = async () => {
    const { desk, run, context } = open({}, 'again');
    for (let nth = 0; nth < 8; nth++) desk.ask(nth % 2 === 0 ? soundAction() : doubtfulAction());
    await run();
    return context.events;
  };
  expect(await texts()).toEqual(await texts());
});
