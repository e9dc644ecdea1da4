import type { JournalEvent, JournalLine } from '../../journal/events.ts';
import { createJournal, memorySink } from '../../journal/writer.ts';
import { createRng } from '../../kernel/rng.ts';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import type { Actor, Constraints, GuardedAction, Outcome } from '../../ports/action.ts';
import type { ActionDraft } from '../../ports/control-plane.ts';
import type { RolloutGate } from '../../ports/guardrail.ts';
import type { GateVerdict, GuardrailChain, Ruling } from '../../ports/guardrail-chain.ts';
import type { World } from '../../scenario/world-schema.ts';
import type { EffectPattern } from '../company.ts';
import { createControlPlane, type RunningControlPlane } from '../control-plane.ts';
import { FakeStack } from './fake-stack.ts';
import { testBuilds, testChecks } from './test-builds.ts';
import { testWorld } from './test-world.ts';

/** What a test's guardrails say; left out, they allow and advance. */
interface Script {
  rule?: (action: GuardedAction) => Ruling | Promise<Ruling>;
  gate?: (gate: RolloutGate) => GateVerdict | Promise<GateVerdict>;
  rolloutPlan?: Constraints;
}

export interface TestCompany {
  readonly clock: VirtualClock;
  readonly stack: FakeStack;
  readonly plane: RunningControlPlane;
  readonly world: World;
  /** May be changed while the company lives. */
  readonly script: Script;
  /** Actions of which the guardrails were told that they are carried out. */
  readonly carriedOut: GuardedAction[];
  lines(): readonly JournalLine[];
  events<T extends JournalEvent['type']>(type: T): readonly Extract<JournalLine, { type: T }>[];
  request(wish: Wish): Promise<Outcome>;
  /** Requests, and lets world time pass until the outcome is there. */
  ask(wish: Wish): Promise<Outcome>;
  /** Lets world time pass. */
  pass(durationMs: number): Promise<void>;
  settle<T>(work: () => Promise<T>): Promise<T>;
}

type Wish = Partial<ActionDraft> & Pick<ActionDraft, 'verb' | 'resource'>;

export const ENGINEER: Actor = {
  id: 'engineer-1',
  kind: 'person',
  level: 'mid',
  roles: ['operator'],
  onBehalfOf: null,
  session: 'own',
};
export const AGENT: Actor = {
  ...ENGINEER,
  id: 'agent-1',
  kind: 'agent',
  onBehalfOf: 'engineer-1',
  session: 'inherited',
};

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

export interface CompanyOptions {
  readonly script?: Script;
  readonly world?: Parameters<typeof testWorld>[0];
  readonly forbidden?: readonly EffectPattern[];
}

/** A small company that is up, on a virtual clock, with scripted guardrails. */
export async function companyForTest(options: CompanyOptions = {}): Promise<TestCompany> {
  const clock = new VirtualClock();
  const sink = memorySink();
  const world = testWorld(options.world);
  const stack = new FakeStack(clock);
  const script = options.script ?? {};
  const carriedOut: GuardedAction[] = [];
  let ids = 0;
  const plane = createControlPlane({
    context: { clock, rng: createRng('test'), journal: createJournal(clock, sink), world },
    stack,
    chain: scriptedChain(script, carriedOut),
    builds: testBuilds(),
    checks: testChecks(),
    forbidden: options.forbidden ?? [],
    newId: prefix => `${prefix}-${++ids}`,
  });
  await runToEnd(clock, () => plane.startWorld());
  const lines = (): readonly JournalLine[] =>
    sink
      .text()
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as JournalLine);
  const request = (wish: Wish): Promise<Outcome> => plane.request(draftOf(wish));
  return {
    clock,
    stack,
    plane,
    world,
    script,
    carriedOut,
    lines,
    events: <T extends JournalEvent['type']>(type: T) =>
      lines().filter((line): line is Extract<JournalLine, { type: T }> => line.type === type),
    request,
    ask: wish => runToEnd(clock, () => request(wish)),
    pass: durationMs => runToEnd(clock, () => clock.sleep(durationMs)),
    settle: work => runToEnd(clock, work),
  };
}

function draftOf(wish: Wish): ActionDraft {
  return {
    door: 'runbook',
    params: {},
    actor: ENGINEER,
    task: 'Look after the shop',
    because: 'it is time',
    aiAssisted: false,
    evidence: [],
    changeRecord: null,
    stepId: null,
    ...wish,
  };
}

function scriptedChain(script: Script, carriedOut: GuardedAction[]): GuardrailChain {
  return {
    rule: async action =>
      (await script.rule?.(action)) ?? { decision: 'allowed', by: [], reason: 'no guardrail' },
    carriedOut: action => carriedOut.push(action),
    rolloutPlan: () => script.rolloutPlan ?? null,
    gate: async (_door, gate) =>
      (await script.gate?.(gate)) ?? { ruling: 'advance', by: null, reason: 'no guardrail' },
    watch: async () => [],
    close: async () => undefined,
  };
}
