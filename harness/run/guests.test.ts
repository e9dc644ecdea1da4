import { expect, test } from 'vitest';
import { runOneArm } from '../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';

const GUESTS = `${import.meta.dirname}/../../fixtures/guests`;
const SHORT = smallScenario({ minutes: 20 });

/** The guarded arm with one guardrail of the user's own; what its failure counted as, and what became of the mistake. */
async function runWith(file: string, onFailure: 'open' | 'closed') {
  const entry = { id: 'own', use: `${GUESTS}/${file}`, onFailure, timeLimit: '200ms' };
  const profile = smallProfile('of-ones-own', [entry]);
  const { finished, lines } = await runOneArm({ scenario: SHORT, profile, arm: 'guarded' });
  return {
    status: finished.status,
    closing: lines.at(-1),
    answers: lines.filter(line => line.type === 'guardrail-answered'),
    decided: lines.find(line => line.type === 'action-decided'),
    isDeleted: lines.some(line => line.type === 'effect-finished' && line.ok),
  };
}

const FAULTS = [
  ['throws-on-decide.js', 'threw'],
  ['hangs.js', 'timed-out'],
  ['busy-loop.js', 'timed-out'],
  ['answers-nonsense.js', 'nonsense'],
  ['exits-process.js', 'threw'],
] as const;

test.each(FAULTS)(
  '%s that fails closed refuses the mistake, by name, and the run completes',
  async (file, fault) => {
    const ran = await runWith(file, 'closed');
    expect(ran).toMatchObject({ status: 'completed', closing: { type: 'closed', status: 'completed' } });
    expect(ran.answers).toContainEqual(
      expect.objectContaining({
        ...{ guardrail: 'own', about: 'action', countedAs: 'deny' },
        answer: expect.objectContaining({ effect: 'error', fault }),
      }),
    );
    expect(ran.decided).toMatchObject({ decision: 'denied', by: ['own'] });
    expect(ran.isDeleted).toBe(false);
  },
);

test.each(FAULTS)(
  '%s that fails open lets the mistake through, by name, and the run completes',
  async (file, fault) => {
    const ran = await runWith(file, 'open');
    expect(ran.status).toBe('completed');
    expect(ran.answers).toContainEqual(
      expect.objectContaining({
        ...{ guardrail: 'own', about: 'action', countedAs: 'allow' },
        answer: expect.objectContaining({ effect: 'error', fault }),
      }),
    );
    expect(ran.decided).toMatchObject({ decision: 'allowed' });
    expect(ran.isDeleted).toBe(true);
  },
);
