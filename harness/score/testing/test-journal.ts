import type { Arm, ArmStatus, CellSnapshot, JournalEvent, SnapshotEvent } from '../../journal/events.ts';
import { JOURNAL_SCHEMA } from '../../journal/events.ts';
import { createJournal, memorySink } from '../../journal/writer.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const GATE_MS = 30 * MINUTE;
const HORIZON_MS = 8 * HOUR;

/** A span in which view-costs in cn-north-1 fails altogether, and nobody buys there. */
interface Damage {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TestArm {
  readonly arm: Arm;
  readonly scenario?: string;
  readonly seed?: string;
  readonly profile?: string;
  readonly guardrails?: readonly string[];
  readonly damage?: readonly Damage[];
  readonly rowsLostAtEnd?: number;
  readonly gateMet?: boolean;
  readonly hasGate?: boolean;
  readonly status?: ArmStatus;
  /** Leaves the last line out. */
  readonly isCut?: boolean;
  readonly hasSnapshots?: boolean;
  readonly plan?: Readonly<Record<string, unknown>>;
  /** Further events at their world time. */
  readonly events?: readonly (readonly [atMs: number, event: JournalEvent])[];
}

/** The text of one arm's journal: a small world with one cost tool and one shop, two visits a minute to each. */
export function testJournal(spec: TestArm): string {
  let nowMs = 0;
  const sink = memorySink();
  const journal = createJournal({ nowMs: () => nowMs }, sink);
  const timed: [number, JournalEvent][] = [
    [0, header(spec)],
    ...(spec.hasGate === false ? [] : [[GATE_MS, gate(spec)] as [number, JournalEvent]]),
    ...(spec.hasSnapshots === false ? [] : snapshots(spec)),
    ...windows(spec),
    ...(spec.events ?? []).map(([atMs, event]) => [atMs, event] as [number, JournalEvent]),
  ];
  timed.sort(([a], [b]) => a - b);
  for (const [atMs, event] of timed) {
    nowMs = atMs;
    journal.write(event);
  }
  nowMs = HORIZON_MS;
  if (spec.isCut !== true)
    journal.write({ type: 'closed', status: spec.status ?? 'completed', reason: 'horizon' });
  return sink.text();
}

function testPlan(spec: TestArm): Record<string, unknown> {
  return {
    scenario: {
      metadata: { id: spec.scenario ?? 'rebuild', title: 'A small fix becomes a rebuild' },
      record: {
        incident: 'X1',
        claims: [
          {
            harm: 'outage',
            journey: 'view-costs',
            region: 'cn-north-1',
            is: '2h',
            tolerance: 0.1,
            kind: 'calibrated',
          },
          { harm: 'cellsAffected', is: ['cost-explorer/cn-north-1'], kind: 'predicted' },
        ],
        disputed: ['Who decided it'],
        simulated: ['the time to notice'],
        sources: ['https://example.org/x1'],
      },
      hypothesis: {
        budget: [
          {
            harm: 'outage',
            journey: 'view-costs',
            region: 'cn-north-1',
            atMost: 10 * MINUTE,
            because: 'one roll-back',
          },
          {
            harm: 'failedJourneys',
            journey: 'view-costs',
            region: 'cn-north-1',
            atMost: 20,
            because: 'one roll-back',
          },
        ],
      },
    },
    world: {
      objective: 0.9,
      noiseFloor: { failedJourneys: 5, ordersLost: 2, revenueLostCents: 100, outage: 3 * MINUTE },
      services: { 'cost-explorer': { regions: ['cn-north-1'] }, checkout: { regions: ['na'] } },
      severity: [
        { severity: 1, anyOf: [{ harm: 'outageMs', atLeast: 4 * HOUR, because: 'four hours' }] },
        { severity: 2, anyOf: [{ harm: 'outageMs', atLeast: 30 * MINUTE, because: 'half an hour' }] },
        { severity: 4, anyOf: [{ harm: 'forbiddenEffects', atLeast: 1, because: 'forbidden' }] },
      ],
    },
    profile: {
      id: spec.profile ?? 'layers',
      guardrails: (spec.guardrails ?? ['deletion-protection']).map(id => ({ id })),
    },
    changes: [],
    routes: [
      { door: 'console', verb: 'environment.delete', inScript: true },
      { door: 'pipeline', verb: 'plan.apply', inScript: false },
    ],
    gateMs: GATE_MS,
    horizonMs: HORIZON_MS,
    ...spec.plan,
  };
}

function header(spec: TestArm): JournalEvent {
  return {
    type: 'header',
    schema: JOURNAL_SCHEMA,
    tool: 'test',
    arm: spec.arm,
    stack: 'sim',
    seed: spec.seed ?? 'one',
    scenario: { id: spec.scenario ?? 'rebuild', digest: `sha256:${spec.scenario ?? 'rebuild'}` },
    world: { digest: 'sha256:world' },
    profile: { id: spec.profile ?? 'layers', digest: 'sha256:profile' },
    builds: {},
    plan: testPlan(spec),
  };
}

function gate({ gateMet = true }: TestArm): JournalEvent {
  const probe = { journey: 'view-costs', region: 'cn-north-1', attempts: 60, atLeast: 0.95 };
  return {
    type: 'gate',
    met: gateMet,
    probes: [{ ...probe, successRatio: gateMet ? 1 : 0.5, met: gateMet }],
  };
}

function windows({ damage = [] }: TestArm): [number, JournalEvent][] {
  return Array.from({ length: HORIZON_MS / MINUTE }, (_, minute) => {
    const fromMs = minute * MINUTE;
    const isDown = damage.some(span => fromMs >= span.fromMs && fromMs < span.toMs);
    const toMs = fromMs + 10_000;
    return [toMs, { type: 'window', fromMs, toMs, journeys: journeysOf(isDown), money: [MONEY] }];
  });
}

const MONEY = {
  region: 'na',
  orders: 2,
  revenueCents: 5_000,
  mispricedOrders: 0,
  mischargedCents: 0,
  wrongPromises: 0,
  offPolicyAnswers: 0,
};

function journeysOf(isDown: boolean) {
  return [
    {
      journey: 'view-costs',
      region: 'cn-north-1',
      succeeded: isDown ? 0 : 2,
      failed: isDown ? 2 : 0,
      latency: [[64, 2]] as const,
      steps: [['cost-explorer/cn-north-1', 2, isDown ? 2 : 0]] as const,
    },
    {
      journey: 'buy',
      region: 'na',
      succeeded: 2,
      failed: 0,
      latency: [[128, 2]] as const,
      steps: [['checkout/na', 6, 0]] as const,
    },
  ];
}

function snapshots(spec: TestArm): [number, JournalEvent][] {
  const damage = spec.damage ?? [];
  const first = damage[0];
  const shown: [number, JournalEvent][] = [[GATE_MS, snapshot('before', { lost: 0 })]];
  if (first !== undefined) shown.push([first.fromMs, snapshot('after-effect', { isGone: true, lost: 0 })]);
  shown.push([HORIZON_MS, snapshot('end', { lost: spec.rowsLostAtEnd ?? 0 })]);
  return shown;
}

function snapshot(reason: SnapshotEvent['reason'], state: { isGone?: boolean; lost: number }): JournalEvent {
  const gone: CellSnapshot = {
    cell: 'cost-explorer/cn-north-1',
    instances: 0,
    builds: [],
    hasDatabase: false,
    tables: [],
  };
  const table = { table: 'line_items', rows: 500 - state.lost, lost: state.lost, corrupted: 0 };
  const whole: CellSnapshot = { ...gone, instances: 2, hasDatabase: true, tables: [table] };
  const cells = [state.isGone === true ? gone : whole];
  return {
    type: 'snapshot',
    reason,
    cells,
    backups: 4,
    confirmedOrders: 900,
    knownOrders: 900,
    computeUnits: 10,
  };
}
