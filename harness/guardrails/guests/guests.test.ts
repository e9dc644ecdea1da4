import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { runToEnd } from '../../kernel/virtual-clock.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { aChain, anEntry, type ChainForTest } from '../testing/a-chain.ts';
import { anAction } from '../testing/an-action.ts';
import { createGuestLoader } from './guest-loader.ts';
import type { RealDeadline } from './guest-thread.ts';

const GUESTS = fileURLToPath(new URL('../../../fixtures/guests', import.meta.url));

/** Real time, as the command line makes it. */
const realDeadline: RealDeadline = (durationMs, onExpired) => {
  const timer = setTimeout(onExpired, durationMs);
  return () => clearTimeout(timer);
};

async function aGuest(file: string, changes: Partial<GuardrailEntry> = {}): Promise<ChainForTest> {
  const made = await aChain([anEntry(`./${file}`, { id: 'guest', ...changes })], [], clock =>
    createGuestLoader({ realDeadline, waitOutside: answer => clock.waitOutside(answer), baseDir: GUESTS }),
  );
  onTestFinished(() => made.chain.close());
  return made;
}

/** Asks on the virtual clock, which must not move while the guest thinks. */
async function ask({ chain, clock }: ChainForTest) {
  const beforeMs = clock.nowMs();
  clock.at(beforeMs + 10, () => {});
  const ruling = await runToEnd(clock, () => chain.rule(anAction()), 1_000);
  return { ruling, waitedMs: clock.nowMs() - beforeMs };
}

function lastAnswer({ events }: ChainForTest): unknown {
  return events().findLast(event => event.type === 'guardrail-answered')?.answer;
}

test('noop: a module of one file, which imports nothing but the package, is asked and answers', async () => {
  const guest = await aGuest('noop.js');
  const { ruling, waitedMs } = await ask(guest);
  expect(ruling).toMatchObject({ decision: 'allowed' });
  expect(waitedMs).toBe(0);
  expect(lastAnswer(guest)).toEqual({ effect: 'allow', reason: 'it rules on nothing' });
});

test.each([
  ['throws-on-load.js', 'it could not be loaded: this module cannot be loaded'],
  ['throws-on-create.js', 'it could not be loaded: no way to begin'],
  ['no-guardrail.js', 'it exports no guardrail, neither as default nor as "guardrail"'],
])('%s: it is not loaded, and every question counts by onFailure', async (file, reason) => {
  const guest = await aGuest(file);
  expect(guest.events()[0]).toMatchObject({ about: 'create', countedAs: 'nothing', answer: { reason } });
  expect((await ask(guest)).ruling).toMatchObject({ decision: 'denied', by: ['guest'] });
  expect(lastAnswer(guest)).toEqual({ effect: 'error', fault: 'not-loaded', reason });
  const open = await aGuest(file, { onFailure: 'open' });
  expect((await ask(open)).ruling).toMatchObject({ decision: 'allowed' });
});

test('a path to nothing is not loaded either', async () => {
  const guest = await aGuest('there-is-no-such-file.js');
  expect((await ask(guest)).ruling).toMatchObject({ decision: 'denied' });
  expect(lastAnswer(guest)).toMatchObject({ fault: 'not-loaded' });
});

test('options are read by the guest’s own schema, in its own thread', async () => {
  const guest = await aGuest('typed.ts', { options: { atMost: 0 } });
  expect(guest.events()[0]).toMatchObject({
    about: 'create',
    answer: { reason: expect.stringContaining('its options are wrong at atMost') },
  });
});

test('throws-on-decide: the error is the answer, and the guest is asked again next time', async () => {
  const guest = await aGuest('throws-on-decide.js');
  for (let time = 0; time < 6; time++) {
    expect((await ask(guest)).ruling).toMatchObject({ decision: 'denied' });
    expect(lastAnswer(guest)).toEqual({
      effect: 'error',
      fault: 'threw',
      reason: 'it threw: no opinion today',
    });
  }
});

test.each(['hangs.js', 'busy-loop.js'])(
  '%s: it is stopped at its limit, started again three times, then stays away',
  async file => {
    const guest = await aGuest(file, { timeLimitMs: 100 });
    const faults: unknown[] = [];
    for (let time = 0; time < 5; time++) {
      const { ruling, waitedMs } = await ask(guest);
      expect(ruling).toMatchObject({ decision: 'denied' });
      expect(waitedMs).toBe(0);
      faults.push(lastAnswer(guest));
    }
    const late = { effect: 'error', fault: 'timed-out', reason: 'it gave no answer within 100 ms' };
    const away = {
      effect: 'error',
      fault: 'not-loaded',
      reason: 'it was started again 3 times and failed each time',
    };
    expect(faults).toEqual([late, late, late, late, away]);
  },
);

test('exits-process: only its own thread ends', async () => {
  const guest = await aGuest('exits-process.js', { onFailure: 'open' });
  expect((await ask(guest)).ruling).toMatchObject({ decision: 'allowed' });
  expect(lastAnswer(guest)).toEqual({
    effect: 'error',
    fault: 'threw',
    reason: 'it ended its own thread (exit code 0)',
  });
});

test('answers-nonsense: nonsense is told apart from silence, for every power', async () => {
  const guest = await aGuest('answers-nonsense.js');
  await ask(guest);
  expect(lastAnswer(guest)).toMatchObject({ effect: 'error', fault: 'nonsense' });
  const window = { fromMs: 0, toMs: 10, deliveredAtMs: 20, cells: [], orders: [] };
  expect(await guest.chain.watch(window)).toEqual([]);
  expect(lastAnswer(guest)).toMatchObject({ fault: 'nonsense' });
});

test('answers-undefined: no answer is journaled as such', async () => {
  const guest = await aGuest('answers-undefined.js');
  expect((await ask(guest)).ruling).toMatchObject({ decision: 'denied' });
  expect(lastAnswer(guest)).toEqual({ effect: 'undefined', reason: 'it gave no answer' });
});

test('mutates-action: the guest changes its own copy', async () => {
  const guest = await aGuest('mutates-action.js');
  const action = anAction();
  const before = structuredClone(action);
  expect(await guest.chain.rule(action)).toMatchObject({ decision: 'allowed' });
  expect(action).toEqual(before);
});

test('huge-reason: it is cut', async () => {
  const guest = await aGuest('huge-reason.js');
  const { ruling } = await ask(guest);
  expect(ruling).toMatchObject({ decision: 'denied' });
  expect(ruling.reason.length).toBeLessThanOrEqual(500);
  expect(lastAnswer(guest)).toMatchObject({ effect: 'deny', reason: expect.stringMatching(/^no no .*…$/) });
});

test('escapes-in-reason: control characters and reversing marks are taken out', async () => {
  const guest = await aGuest('escapes-in-reason.js');
  await ask(guest);
  expect(lastAnswer(guest)).toMatchObject({ reason: '[2J [31mred [0m line two reversed' });
});

test('prints-much: what a guest prints goes nowhere', async () => {
  const guest = await aGuest('prints-much.js');
  await ask(guest);
  expect(lastAnswer(guest)).toEqual({ effect: 'allow', reason: 'said enough' });
});

test('a guest in TypeScript, exported by name, has all powers, and knows the time of the question', async () => {
  const guest = await aGuest('typed.ts');
  expect(guest.chain.rolloutPlan('pipeline')).toEqual({ waves: [0.5, 1], bakeMs: 60_000 });
  expect((await ask(guest)).ruling).toMatchObject({ decision: 'allowed' });
  guest.chain.carriedOut(anAction());
  await guest.clock.run({ untilMs: 7_000, maxTasks: 10 });
  expect((await ask(guest)).ruling).toMatchObject({ reason: 'guest: 1 change(s) passed by 7000 ms' });
  const cell = { cell: 'pricing/na', build: 'b', requests: 9, errors: 3, latencyMsP50: 1, latencyMsP99: 2 };
  const window = { fromMs: 0, toMs: 10, deliveredAtMs: 20, cells: [cell], orders: [] };
  expect(await guest.chain.watch(window)).toEqual([
    {
      guardrail: 'guest',
      order: { verb: 'instances.restart', resource: 'pricing/na', params: {}, because: 'it fails' },
    },
  ]);
  expect(guest.alarms).toHaveLength(1);
});

test('questions that are asked together are answered together', async () => {
  const guest = await aGuest('noop.js');
  const rulings = await Promise.all([1, 2, 3].map(id => guest.chain.rule(anAction({ id: `action-${id}` }))));
  expect(rulings.map(({ decision }) => decision)).toEqual(['allowed', 'allowed', 'allowed']);
});

test('an idle guest does not keep the process up', async () => {
  const script = `
    import { createGuestLoader } from ${JSON.stringify(new URL('./guest-loader.ts', import.meta.url).href)};
    const loader = createGuestLoader({ realDeadline: () => () => {}, waitOutside: answer => answer });
    const seat = await loader.load({ use: ${JSON.stringify(`${GUESTS}/prints-much.js`)}, options: {}, timeLimitMs: 1 });
    console.log(JSON.stringify(await seat.ask({ kind: 'decide', about: {} }, 0)));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ]);
  expect(JSON.parse(stdout)).toEqual({ answered: true, value: { effect: 'allow', reason: 'said enough' } });
  expect(stderr).toBe('');
});
