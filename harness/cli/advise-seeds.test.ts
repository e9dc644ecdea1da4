import { expect, test } from 'vitest';
import type { ProfileChange } from '../advice/profile-change.ts';
import { seedWords } from '../advice/seed-check.ts';
import type { Confirmation, FoundSet } from '../advice/trial.ts';
import type { RouteResult } from '../score/routes.ts';
import { checkAtSeeds } from './advise-seeds.ts';

const OUTPUT = {
  machine: () => undefined,
  people: () => undefined,
  progress: () => undefined,
  hasColour: false,
};
const ROUTES: readonly RouteResult[] = [];

function confirmation(
  verdict: Confirmation['verdict'],
  outcome: 'allowed' | 'blocked' = 'allowed',
): Confirmation {
  return { verdict, containment: 1, cost: { outcome, waitedMs: 0, reviewerMs: 0 }, routes: ROUTES };
}

function found(guardrail: string): FoundSet {
  const changes: readonly ProfileChange[] = [{ kind: 'fail-closed', guardrail }];
  return { changes, confirmed: confirmation('contained'), isMinimal: true };
}

/** What each set comes to at seeds 2 and 3; `asked` gathers what was run. */
function othersOf(results: Readonly<Record<string, readonly [Confirmation, Confirmation]>>, asked: string[]) {
  const at = (index: 0 | 1, seed: string) => ({
    seed,
    reruns: {
      judge: async () => null,
      confirm: async ([change]: readonly ProfileChange[]) => {
        const id = change?.kind === 'fail-closed' ? change.guardrail : '';
        asked.push(`${id} at ${seed}`);
        return results[id]?.[index] ?? null;
      },
    },
  });
  return { all: ['1', '2', '3'], reruns: [at(0, '2'), at(1, '3')] };
}

test('a set that escapes at another seed of the run goes last and says so; one that holds at all goes first', async () => {
  const asked: string[] = [];
  const [good, bad] = [confirmation('contained'), confirmation('escaped')];
  const others = othersOf(
    { fickle: [bad, good], blocking: [good, confirmation('contained', 'blocked')], steady: [good, good] },
    asked,
  );
  const given = { id: 'small', seed: '1', others, output: OUTPUT };
  const checked = await checkAtSeeds([found('fickle'), found('blocking'), found('steady')], given);
  const told = checked.map(({ changes: [change], seeds }) => [
    change?.kind === 'fail-closed' ? change.guardrail : '',
    seedWords(seeds),
  ]);
  expect(told).toEqual([
    ['steady', 'contained at all 3 seeds of the run'],
    ['blocking', 'contained at all 3 seeds of the run; over-blocks at seed 3'],
    ['fickle', 'NOT contained at seed 2; not tried at 1 other seed'],
  ]);
  // Nothing more is to be learnt of a set that does not hold.
  expect(asked).toEqual(['fickle at 2', 'blocking at 2', 'blocking at 3', 'steady at 2', 'steady at 3']);
});

test('when it is stopped, and of a run of one seed, it says at which seeds a set was tried', async () => {
  const stopped = { id: 'small', seed: '1', others: othersOf({}, []), output: OUTPUT };
  const [set] = await checkAtSeeds([found('steady')], stopped);
  expect(set && seedWords(set.seeds)).toBe('contained at seed 1; not tried at 2 other seeds');
  const single = { ...stopped, others: { all: ['1'], reruns: [] } };
  const [only] = await checkAtSeeds([found('steady')], single);
  expect(only && seedWords(only.seeds)).toBe('contained at seed 1');
});
