import { SHOP } from '../../fixtures/data/shop.ts';
import { createControlPlane, type RunningControlPlane } from '../control-plane/control-plane.ts';
import { Oracle } from '../oracle/oracle.ts';
import { createAlarms } from '../people/alarms.ts';
import type { PeopleContext } from '../people/people-context.ts';
import { startResponders } from '../people/responders.ts';
import { startReviewers } from '../people/reviewers.ts';
import type { Plan } from '../plan/plan.ts';
import type { Deciders } from '../ports/deciders.ts';
import type { GuardrailChain } from '../ports/guardrail-chain.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { LoadedBuild } from '../stack/load-builds.ts';
import { startShoppers } from '../traffic/shoppers.ts';
import { carryOutOrders } from './containment.ts';
import { createCustomerVoice } from './customer-voice.ts';
import type { GuardrailAlarms } from './guardrail-alarms.ts';
import type { LiveShoppersDeps, Stage } from './stage.ts';
import { TelemetryCollector } from './telemetry-collector.ts';

/** A company that is up, with its shoppers, its people and the oracle. */
export interface ActiveRun {
  readonly plan: Plan;
  readonly context: RunContext;
  readonly stage: Stage;
  readonly controlPlane: RunningControlPlane;
  readonly oracle: Oracle;
}

export interface StartRunDeps {
  readonly plan: Plan;
  readonly context: RunContext;
  readonly stage: Stage;
  readonly chain: GuardrailChain;
  readonly builds: ReadonlyMap<string, LoadedBuild>;
  readonly guardrailAlarms: GuardrailAlarms;
  /** Left out: everybody is simulated. */
  readonly deciders?: Deciders | undefined;
}

/** Brings the company up and lets everybody in it begin: shoppers, monitoring, alarms, responders, reviewers, guardrails that watch. */
export async function startRun(deps: StartRunDeps): Promise<ActiveRun> {
  const { plan, context, stage, chain, builds } = deps;
  let ids = 0;
  const controlPlane = createControlPlane({
    context: stage.live === undefined ? context : { ...context, clock: stage.live.chargeClock },
    stack: stage.stack,
    chain,
    builds,
    checks: new Map([...builds].map(([id, build]) => [id, build.checks])),
    forbidden: plan.scenario?.forbidden ?? [],
    newId: prefix => `${prefix}-${++ids}`,
  });
  await stage.perform(() => controlPlane.startWorld());
  const oracle = new Oracle({
    context,
    stack: stage.stack,
    rules: { ...SHOP, priceFloor: plan.world.priceFloor },
    meters: { backups: () => controlPlane.backups().length, compute: () => controlPlane.computeUnits() },
  });
  const telemetry = new TelemetryCollector(context, stage.stack);
  const alarms = createAlarms(context);
  telemetry.onWindow(window => alarms.onWindow(window));
  telemetry.onWindow(window =>
    context.clock.spawn(() => carryOutOrders(window, { context, chain, controlPlane })),
  );
  telemetry.start();
  const people: PeopleContext = { ...context, deciders: deps.deciders };
  const responders = startResponders({
    context: people,
    controlPlane,
    alarms: listener => both(alarms.subscribe(listener), deps.guardrailAlarms.subscribe(listener)),
    telemetry: () => telemetry.latest,
    dependsOn: service => builds.get(`${service}-stable`)?.definition.dependsOn ?? [],
  });
  startReviewers({ context: people, controlPlane });
  const complain = createCustomerVoice((region, isSuffering) =>
    responders.customersSuffer(region, isSuffering),
  );
  letShoppersCome(deps, {
    onJourney: journey => {
      oracle.hear(journey);
      complain(journey);
    },
    onConfirmed: oracle.confirm,
  });
  return { plan, context, stage, controlPlane, oracle };
}

function letShoppersCome(
  { context, stage }: StartRunDeps,
  { onJourney, onConfirmed }: Pick<LiveShoppersDeps, 'onJourney' | 'onConfirmed'>,
): void {
  const { live, stack } = stage;
  if (live !== undefined) live.startShoppers({ context, shop: SHOP, onJourney, onConfirmed });
  else {
    const visit = (region: string, request: Request) => stack.visit(region, request);
    startShoppers({ context, shop: SHOP, visit, onJourney });
  }
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}
