import { expect, test } from 'vitest';
import { startContainersArm } from '../../cli/containers-stage.ts';
import { createRealClock } from '../../cli/real-clock.ts';
import type { StackKind } from '../../cli/stage-factories.ts';
import type { JournalLine } from '../../journal/events.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import { startLocalStack } from '../../stack/local/local-stack.ts';
import { needs } from '../../testing/needs.ts';
import { type RanArm, runOneArm } from '../../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';
import { TINY_COMPANY } from '../../testing/tiny-company.ts';
import { createLiveStage } from './live-stage.ts';

const LIMIT_MS = 600_000;
const REGION = 'cn-north-1';
const localTest = (sentence: string, body: () => Promise<void>) =>
  test(sentence, { timeout: LIMIT_MS }, body);
const containersTest = needs('containers');
const onContainers = (sentence: string, body: () => Promise<void>) =>
  containersTest(sentence, body, LIMIT_MS);

/** Somebody who sees every answer that a shopper gets, and looks into the database before it goes: neither oracle nor journal. */
class Witness {
  readonly confirmed = new Set<string>();
  /** At the end. */
  readonly orders = new Set<string>();

  watch(stack: LiveStack): LiveStack {
    const visit = stack.visit.bind(stack);
    const stopAll = stack.stopAll.bind(stack);
    let hasLooked = false;
    return Object.assign(stack, {
      visit: async (region: string, request: Request) => {
        const response = await visit(region, request);
        if (response.status === 201 && new URL(request.url).pathname === '/api/orders') {
          const { orderId } = (await response.clone().json()) as { orderId: string };
          this.confirmed.add(orderId);
        }
        return response;
      },
      stopAll: async () => {
        if (!hasLooked) await this.look(stack);
        hasLooked = true;
        return stopAll();
      },
    });
  }

  private async look(stack: LiveStack): Promise<void> {
    const orders = await stack.observe(`production:checkout/${REGION}`, 'select id from orders');
    for (const row of orders ?? []) this.orders.add(String(row.id));
  }

  missing(): string[] {
    return [...this.confirmed].filter(id => !this.orders.has(id));
  }
}

interface Order {
  readonly stack: StackKind;
  readonly scenario: string;
  readonly arm: 'unguarded' | 'guarded';
}

async function runWatched({ stack, scenario, arm }: Order): Promise<RanArm & { readonly witness: Witness }> {
  const real = createRealClock();
  const witness = new Witness();
  const createStage = createLiveStage({
    real,
    sampleMs: 200,
    startStack: async (world, rng) =>
      witness.watch(
        stack === 'local'
          ? await startLocalStack({ world, rng, real })
          : await startContainersArm({ world, rng, real, journalPath: null }),
      ),
  });
  const profile = smallProfile('evidence', [{ use: 'required-evidence' }]);
  return { ...(await runOneArm({ scenario, arm, stack, createStage, profile })), witness };
}

function lastSnapshot({ lines }: RanArm): Extract<JournalLine, { type: 'snapshot' }> {
  const snapshots = lines.filter(line => line.type === 'snapshot');
  const last = snapshots.at(-1);
  if (last === undefined) throw new Error('an arm that ended takes stock');
  return last;
}

const BUYERS = {
  ...TINY_COMPANY,
  'shoppers.perSecond': { [REGION]: 0.2 },
  'shoppers.mix': { [REGION]: { buy: 80, 'view-costs': 20 } },
};

/** The retail outage in a company of one region: the configuration service deploys a build that loses connections and spoils prices. */
const OUTAGE = smallScenario({
  minutes: 50,
  figures: BUYERS,
  parts: {
    agent: {
      id: 'operator-3',
      kind: 'person',
      level: 'mid',
      roles: ['commerce-engineer', 'configuration-operator'],
      task: 'Turn on tiered quotes in pricing',
    },
    steps: [
      {
        id: 'push',
        at: '5m',
        door: 'configuration',
        verb: 'config.push',
        resource: `pricing/${REGION}`,
        params: { set: { build: 'pricing-tiered-quotes' } },
        because: 'The sale has begun',
        whenDenied: [{ id: 'give-up', stop: true }],
      },
    ],
  },
});

/** Checkout is deleted and restored from the backup of the start: what was ordered since is gone. */
const RESTORED = smallScenario({
  minutes: 150,
  figures: { ...BUYERS, 'people.responders.diagnoseDocumented.median': '2m' },
  parts: {
    agent: {
      id: 'operator-3',
      kind: 'person',
      level: 'senior',
      roles: ['commerce-engineer'],
      task: 'Tidy up',
    },
    steps: [
      {
        ...{ id: 'delete', at: '2m', door: 'console', verb: 'environment.delete' },
        ...{ resource: `checkout/${REGION}`, because: 'A clean rebuild is quick' },
      },
    ],
  },
});

for (const [stack, testOn] of [
  ['local', localTest],
  ['containers', onContainers],
] as const) {
  testOn(
    `${stack}: after the guarded retail outage no order that a shopper saw confirmed is missing from the database`,
    async () => {
      const ran = await runWatched({ stack, scenario: OUTAGE, arm: 'guarded' });
      const { witness, finished } = ran;
      expect(finished).toMatchObject({ status: 'completed', leftBehind: 0 });
      expect(witness.confirmed.size).toBeGreaterThan(10);
      expect(witness.missing()).toEqual([]);
      expect(lastSnapshot(ran)).toMatchObject({
        confirmedOrders: witness.confirmed.size,
        knownOrders: witness.confirmed.size,
      });
    },
  );

  testOn(`${stack}: after a restore the orders that are lost are those that the oracle reports`, async () => {
    const ran = await runWatched({ stack, scenario: RESTORED, arm: 'unguarded' });
    const { witness, finished } = ran;
    expect(finished).toMatchObject({ status: 'completed', leftBehind: 0 });
    const restores = ran.lines.flatMap(line =>
      line.type === 'effect-started' && line.verb === 'environment.restore' ? [line.effectId] : [],
    );
    const ended = ran.lines.filter(
      line => line.type === 'effect-finished' && restores.includes(line.effectId),
    );
    expect(ended).toContainEqual(expect.objectContaining({ ok: true, changed: true }));
    expect(witness.missing().length).toBeGreaterThan(0);
    const { confirmedOrders, knownOrders } = lastSnapshot(ran);
    expect(confirmedOrders - knownOrders).toBe(witness.missing().length);
  });
}
