import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createOutside } from '../../cli/outside/create-outside.ts';
import { realDeadline } from '../../cli/real-deadline.ts';
import { runOneArm } from '../../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';
import { createAdapterLoader } from './adapter-loader.ts';
import { adapterGuardrails } from './registry.ts';
import { always, aService } from './testing/a-service.ts';

// Whole arms: a hostile service costs its own decision by its onFailure. The rest of the journal is as it is when the
// service answers properly what its failure counts as.

const SCENARIO = smallScenario({ minutes: 25 });
type OnFailure = 'open' | 'closed';

interface Case {
  readonly arm: 'guarded' | 'benign';
  readonly onFailure: OnFailure;
}

/** The deletion is refused by another layer as well; the benign twin, by nobody else. */
const CASES: readonly Case[] = [
  { arm: 'guarded', onFailure: 'closed' },
  { arm: 'guarded', onFailure: 'open' },
  { arm: 'benign', onFailure: 'open' },
];

/** An arm with a decision point between two built-in guardrails. */
async function journalOf({ arm, onFailure }: Case, url: string, timeLimit: string) {
  const profile = smallProfile('hostile', [
    { use: 'deletion-protection' },
    { id: 'pdp', use: 'authzen', options: { url }, onFailure, timeLimit },
    { use: 'blast-radius-cap' },
  ]);
  const { outside, close } = createOutside('.', {});
  const { lines, finished } = await runOneArm({
    scenario: SCENARIO,
    profile,
    arm,
    createAdapters: waitOutside =>
      createAdapterLoader({ definitions: adapterGuardrails(), outside, realDeadline, waitOutside, close }),
  });
  expect(finished).toEqual({ status: 'completed', reason: 'horizon', leftBehind: 0 });
  return lines as readonly object[] as readonly Line[];
}

type Line = Readonly<Record<string, unknown>>;

/** The journal without what belongs to the service alone: its address in the header, its words, and quotes of them. */
function withoutItsWords(lines: readonly Line[]): readonly string[] {
  return lines
    .filter(({ type }) => type !== 'header')
    .map(line => {
      const isItsAnswer = line.type === 'guardrail-answered' && line.guardrail === 'pdp';
      return JSON.stringify(isItsAnswer ? { ...line, answer: null } : line, (_key, value: unknown) =>
        // It is the last of those who refuse, so that its words are the end of what is quoted.
        typeof value === 'string' ? value.replace(/\bpdp: .*$/s, 'pdp: …') : value,
      );
    });
}

const references = new Map<Case, readonly string[]>();

/** The same arm with a service that answers at once what a failure counts as. */
async function referenceOf(which: Case): Promise<readonly string[]> {
  const known = references.get(which);
  if (known !== undefined) return known;
  const service = await aService(always(200, { decision: which.onFailure === 'open' }));
  const reference = withoutItsWords(await journalOf(which, service.url, '60s'));
  await service.stop();
  references.set(which, reference);
  return reference;
}

function endless(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write('{"decision":'.repeat(4_096)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function dripping(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const drip = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drip));
}

const ESCAPES = '\u001b[2J\u001b]0;owned\u0007\r\n{"type":"closed"}\u202e';

const HOSTILE: readonly (readonly [string, string, string, (response: ServerResponse) => void])[] = [
  ['answers wrongly', '60s', 'nonsense', r => always(200, { decision: 'yes' })(r, NOBODY)],
  ['answers an error with escapes', '60s', 'failed', r => always(500, ESCAPES)(r, NOBODY)],
  ['answers slowly', '200ms', 'timed-out', dripping],
  ['never answers', '200ms', 'timed-out', () => {}],
  ['answers hugely', '60s', 'nonsense', endless],
  ['breaks off', '60s', 'unreachable', r => void r.destroy()],
  [
    'sends elsewhere',
    '60s',
    'nonsense',
    r => void r.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  ],
  ['answers with deep nesting', '60s', 'nonsense', r => always(200, '['.repeat(100_000))(r, NOBODY)],
];

const NOBODY = { method: '', url: '', headers: {}, text: '' };

test.each(HOSTILE)(
  'a service that %s costs its own decision, and nothing else of the run',
  async (_name, timeLimit, fault, behave) => {
    const service = await aService(behave);
    for (const which of CASES) {
      const lines = await journalOf(which, service.url, timeLimit);
      const own = lines.filter(({ type, guardrail }) => type === 'guardrail-answered' && guardrail === 'pdp');
      expect(own.length).toBeGreaterThan(0);
      for (const { answer, countedAs } of own) {
        expect(answer).toMatchObject({ effect: 'error', fault });
        expect(countedAs).toBe(which.onFailure === 'open' ? 'allow' : 'deny');
      }
      expect(withoutItsWords(lines)).toEqual(await referenceOf(which));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
      for (const line of lines) expect(JSON.stringify(line)).not.toMatch(/\\u00[01]|\u202e|[\u0000-\u001f]/);
    }
  },
  120_000,
);

test('a refusal whose reason is an attack is a refusal in clean words', async () => {
  const service = await aService(always(200, { decision: false, context: { reason: ESCAPES } }));
  const [closed = { arm: 'guarded', onFailure: 'closed' }] = CASES;
  const lines = await journalOf(closed, service.url, '60s');
  expect(withoutItsWords(lines)).toEqual(await referenceOf(closed));
  expect(JSON.stringify(lines)).not.toMatch(/\\u00[01]|\u202e/);
  expect(lines.filter(({ type }) => type === 'closed')).toHaveLength(1);
}, 900_000);
