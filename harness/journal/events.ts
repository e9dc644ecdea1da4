import type { ActionRequest, Answer, ApprovalDemand, Constraints, Footprint } from '../ports/action.ts';
import type { Basis } from '../ports/experience.ts';
import type { ContainmentOrder } from '../ports/guardrail.ts';
import type { CellId } from '../ports/resource.ts';
import type { EffectKind } from '../ports/verb.ts';
import type {
  BrowsedJourney,
  CellSnapshot,
  GateProbe,
  JourneyWindow,
  MoneyWindow,
  SampledJourney,
} from './figures.ts';
import type { TableEvent } from './table-event.ts';

export type * from './figures.ts';

/** Version of the format. A reader refuses a journal whose version it does not know. */
export const JOURNAL_SCHEMA = 'brakecheck/journal/v1';

export const ARMS = ['calm', 'unguarded', 'guarded', 'benign', 'ordinary'] as const;
/** `ordinary` is the quiet week with a fixed set of harmless changes, run once per profile for its friction. */
export type Arm = (typeof ARMS)[number];

export type ArmStatus = 'completed' | 'aborted' | 'interrupted' | 'failed';

/** First line: all that is needed to score, report and run again. `plan` is the frozen plan (see `plan/plan.ts`). */
export interface HeaderEvent {
  readonly type: 'header';
  readonly schema: typeof JOURNAL_SCHEMA;
  readonly tool: string;
  readonly arm: Arm;
  readonly stack: 'sim' | 'local' | 'containers';
  readonly seed: string;
  readonly scenario: { readonly id: string; readonly digest: string };
  readonly world: { readonly digest: string };
  readonly profile: { readonly id: string; readonly digest: string };
  readonly builds: Readonly<Record<string, string>>;
  readonly plan: unknown;
}

/** Steady state before the mistake: each probe with what it saw. */
export interface GateEvent {
  readonly type: 'gate';
  readonly met: boolean;
  readonly probes: readonly GateProbe[];
}

export interface ActionRequestedEvent {
  readonly type: 'action-requested';
  readonly action: ActionRequest;
  readonly hash: string;
  readonly stepId: string | null;
  readonly footprint: Footprint | null;
}

/** A guardrail's answer to an action, a roll-out gate or a telemetry window. */
export interface GuardrailAnsweredEvent {
  readonly type: 'guardrail-answered';
  readonly guardrail: string;
  readonly about: 'action' | 'gate' | 'watch' | 'create';
  /** Action or roll-out id; null for `watch` and `create`. */
  readonly subject: string | null;
  readonly answer:
    | Answer
    | { readonly effect: 'advance' | 'hold' | 'roll-back' | 'order'; readonly reason: string };
  /** What the answer counted as, after `onFailure`. */
  readonly countedAs:
    | 'allow'
    | 'narrow'
    | 'require-approval'
    | 'deny'
    | 'advance'
    | 'hold'
    | 'roll-back'
    | 'order'
    | 'nothing';
}

export interface ActionDecidedEvent {
  readonly type: 'action-decided';
  readonly actionId: string;
  readonly decision: 'allowed' | 'narrowed' | 'denied' | 'approval-required' | 'no-permission' | 'invalid';
  /** Guardrails whose answer decided. */
  readonly by: readonly string[];
  readonly reason: string;
  readonly constraints: Constraints | null;
  readonly approvalId: string | null;
}

export interface EffectStartedEvent {
  readonly type: 'effect-started';
  readonly effectId: string;
  readonly actionId: string;
  readonly verb: string;
  readonly resource: string;
  readonly cells: readonly CellId[];
  readonly reaches: readonly EffectKind[];
  /** Matches the scenario's `forbidden` list or the company's policy. */
  readonly forbidden: readonly string[];
}

export interface EffectFinishedEvent {
  readonly type: 'effect-finished';
  readonly effectId: string;
  readonly actionId: string;
  readonly ok: boolean;
  readonly changed: boolean;
  readonly detail: string;
  /** World time that the effect took by the world's figures, by phase. */
  readonly charged: readonly { readonly phase: string; readonly durationMs: number }[];
}

export interface RolloutStepEvent {
  readonly type: 'rollout-step';
  readonly rolloutId: string;
  readonly actionId: string;
  readonly service: string;
  readonly region: string;
  readonly build: string;
  readonly wave: number;
  readonly trafficShare: number;
  readonly step: 'started' | 'baked' | 'held' | 'finished' | 'rolled-back';
  readonly by: string | null;
  readonly reason: string;
}

export interface ApprovalEvent {
  readonly type: 'approval';
  readonly approvalId: string;
  readonly actionId: string;
  readonly phase: 'requested' | 'granted' | 'rejected-grant' | 'refused' | 'expired' | 'revoked' | 'used';
  readonly by: string | null;
  readonly reason: string;
  readonly demand: ApprovalDemand | null;
}

/** Something that a person did or waited for. Its span is a declared delay unless `kind` says otherwise. */
export interface PersonEvent {
  readonly type: 'person';
  readonly who: string;
  readonly role: 'operator' | 'on-call' | 'reviewer';
  readonly phase:
    | 'noticed'
    | 'acknowledged'
    | 'diagnosed'
    | 'decided'
    | 'reviewed'
    | 'repair-started'
    | 'repair-failed'
    | 'repaired'
    | 'gave-up';
  /** When the span that ends with this event began. */
  readonly sinceMs: number;
  readonly kind: 'declared' | 'mechanism';
  readonly text: string;
}

/** What the agent does besides its actions. */
export interface AgentEvent {
  readonly type: 'agent';
  readonly agent: string;
  readonly stepId: string | null;
  readonly phase: 'started' | 'surprised' | 'fallback' | 'waiting' | 'obtained' | 'gave-up' | 'finished';
  readonly text: string;
}

export interface AlarmEvent {
  readonly type: 'alarm';
  readonly alarm: string;
  /** `ordinary`: every company has it. Else the id of the guardrail that raised it. */
  readonly source: string;
  readonly subject: string;
  readonly phase: 'fired' | 'resolved';
  readonly observed: number;
  readonly threshold: number;
}

export interface ContainmentEvent {
  readonly type: 'containment';
  readonly guardrail: string;
  readonly order: ContainmentOrder;
  readonly result: 'done' | 'denied' | 'approval-required' | 'failed';
}

export const MOMENTS = ['action', 'effect', 'impact', 'detected', 'spreadStopped', 'steadyAgain'] as const;
export type MomentName = (typeof MOMENTS)[number];

/** A moment of the mistake; the first of its name counts, except `steadyAgain`, of which the last does. */
export interface MomentEvent {
  readonly type: 'moment';
  readonly moment: MomentName;
  readonly by: string | null;
  readonly detail: string;
}

/** What became of a harmless change: the benign arm's, or one of the quiet week's. Written once per change, when its fate is sealed. */
export interface GoalEvent {
  readonly type: 'goal';
  /** Id of the scenario (benign arm) or of the ordinary change. */
  readonly changeId: string;
  /** Live at the deadline, or at the end of the arm when that comes first. */
  readonly met: boolean;
  /** Was live once, and was undone afterwards. */
  readonly reverted: boolean;
  readonly dueMs: number;
  /** World time at which the goal was first seen live; null when it never was. */
  readonly metAtMs: number | null;
  /** World time that its author spent waiting: for approvals, evidence, freezes. */
  readonly waitedMs: number;
  readonly detail: string;
}

/** Ten seconds of world time as shoppers lived them. Windows in which nothing happened are left out. */
export interface WindowEvent {
  readonly type: 'window';
  readonly fromMs: number;
  readonly toMs: number;
  readonly journeys: readonly JourneyWindow[];
  readonly money: readonly MoneyWindow[];
  /** On live stacks only: `measured` when every journey of the window was really walked. */
  readonly basis?: Basis;
}

/** Why a sample of a live stack ended. */
export type SampleEnd = 'steady' | 'span-walked' | 'bound' | 'stopped';

/** On live stacks only: real shoppers at real pace, while world time stood still. What they lived is held until the next sample. */
export interface SampleEvent {
  readonly type: 'sample';
  readonly reason: readonly string[];
  readonly regions: readonly string[];
  readonly realMs: number;
  readonly rounds: number;
  readonly steady: boolean;
  readonly ended: SampleEnd;
  readonly journeys: readonly SampledJourney[];
  /** Open connections of each database server after the last round, idle ones closed: `[environment/region, count]`. */
  readonly connections: readonly (readonly [string, number])[];
}

/** Against the mistake: when a shopper with a browser went through the shop. */
export type BrowserMoment = 'before' | 'during' | 'after';

/** On live stacks only: a shopper with a real browser went through a region's shop while world time stood still. */
export interface BrowserEvent {
  readonly type: 'browser';
  readonly when: BrowserMoment;
  readonly region: string;
  readonly journeys: readonly BrowsedJourney[];
  /** Why there is no evidence; null when there is. */
  readonly missing: string | null;
}

/** What the oracle's ledger and inventory say. Taken before the mistake, at moments of change, and at the end. */
export interface SnapshotEvent {
  readonly type: 'snapshot';
  readonly reason: 'before' | 'after-effect' | 'end';
  readonly cells: readonly CellSnapshot[];
  readonly backups: number;
  /** Orders that a shopper saw confirmed, and how many of them the company still knows. */
  readonly confirmedOrders: number;
  readonly knownOrders: number;
  readonly computeUnits: number;
}

/** Last line. Without it the journal was cut. */
export interface ClosedEvent {
  readonly type: 'closed';
  readonly status: ArmStatus;
  readonly reason: string;
}

export type JournalEvent =
  | HeaderEvent
  | GateEvent
  | ActionRequestedEvent
  | GuardrailAnsweredEvent
  | ActionDecidedEvent
  | EffectStartedEvent
  | EffectFinishedEvent
  | RolloutStepEvent
  | ApprovalEvent
  | PersonEvent
  | AgentEvent
  | AlarmEvent
  | ContainmentEvent
  | MomentEvent
  | GoalEvent
  | WindowEvent
  | SampleEvent
  | BrowserEvent
  | SnapshotEvent
  | TableEvent
  | ClosedEvent;

/** An event in its place: `seq` counts from 0 without a gap, `atMs` is world time and never goes back. */
export type JournalLine = JournalEvent & { readonly seq: number; readonly atMs: number };
