import type { Actor, Outcome } from '../../ports/action.ts';
import type { ActionDraft, AuditEntry, BackupInfo } from '../../ports/control-plane.ts';
import type { SlotInfo } from '../../ports/stack.ts';
import type { TelemetryWindow } from '../../ports/telemetry.ts';
import { type AlarmChange, createAlarms } from '../alarms.ts';
import { type Responders, startResponders } from '../responders.ts';
import { MINUTE_MS, type TestWorld, testContext, testWorld } from './test-world.ts';

interface Cell {
  exists: boolean;
  hasData: boolean;
  weight: number;
  /** A bad build serves it. */
  isBad: boolean;
  isCorrupted: boolean;
}

/** How long each repair takes, minutes. */
const MINUTES: Readonly<Record<string, number>> = {
  'environment.create': 60,
  'environment.restore': 120,
  'environment.validate': 30,
  'rollout.rollback': 2,
  'data.repair': 15,
  'instances.restart': 1,
};

export interface FakeCompany {
  readonly context: ReturnType<typeof testContext>;
  readonly cells: Map<string, Cell>;
  readonly asked: ActionDraft[];
  readonly responders: Responders;
  readonly alarm: (change: Pick<AlarmChange, 'phase'> & Partial<AlarmChange>) => void;
  readonly settle: (approvalId: string, how: 'granted' | 'refused' | 'expired') => void;
  /** Somebody's action, done at this moment. */
  did(entry: Partial<AuditEntry> & Pick<AuditEntry, 'verb'>): void;
  run(minutes: number): Promise<unknown>;
  verbs(): string[];
}

export interface FakeCompanyOptions {
  readonly world?: TestWorld;
  readonly seed?: string;
  /** Rules on a request before it is carried out; null lets it through. */
  readonly rule?: (draft: ActionDraft, nth: number) => Outcome | null;
  /** Feeds telemetry to the ordinary alarms. */
  readonly hasAlarms?: boolean;
  /** Requests whose effects do nothing. */
  readonly inert?: readonly string[];
}

interface State {
  readonly options: FakeCompanyOptions;
  readonly context: ReturnType<typeof testContext>;
  readonly cells: Map<string, Cell>;
  readonly audit: AuditEntry[];
  readonly asked: ActionDraft[];
  readonly listeners: Set<(change: AlarmChange) => void>;
  readonly approvals: Map<string, PromiseWithResolvers<'granted' | 'refused' | 'expired'>>;
}

/** A small company whose storefront fails when pricing does: real enough that repairs change what is seen. */
export function fakeCompany(options: FakeCompanyOptions = {}): FakeCompany {
  const context = testContext(options.world ?? testWorld(), options.seed);
  const state: State = {
    options,
    context,
    cells: cellsOf(context.world),
    audit: [],
    asked: [],
    listeners: new Set(),
    approvals: new Map(),
  };
  if (options.hasAlarms === true) feedAlarms(state);
  return {
    context,
    cells: state.cells,
    asked: state.asked,
    responders: hire(state),
    alarm: change => tell(state, { alarm: 'order-rate', source: 'ordinary', subject: 'na', ...change }),
    settle: (id, how) => approvalOf(state, id).resolve(how),
    did: entry => record(state, entry),
    run: minutes => context.clock.run({ untilMs: minutes * MINUTE_MS, maxTasks: 1_000_000 }),
    verbs: () =>
      state.asked
        .filter(({ verb }) => verb !== 'change-record.open')
        .map(({ verb, resource }) => `${verb} ${resource}`),
  };
}

function cellsOf(world: TestWorld): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [service, { regions }] of Object.entries(world.services)) {
    for (const region of regions) {
      const cell = { exists: true, hasData: true, weight: 1, isBad: false, isCorrupted: false };
      cells.set(`${service}/${region}`, cell);
    }
  }
  return cells;
}

function hire(state: State): Responders {
  const { context, cells, audit, listeners } = state;
  return startResponders({
    context,
    controlPlane: {
      request: draft => request(state, draft),
      approvalSettled: id => approvalOf(state, id).promise,
      audit: () => audit,
      slots: () => [...cells].flatMap(([id, cell]) => slotOf(id, cell) ?? []),
      backups: () => BACKUPS,
    },
    alarms: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    telemetry: () => telemetryOf(cells, context.clock.nowMs()),
    dependsOn: service => CALLS[service] ?? [],
  });
}

const CALLS: Readonly<Record<string, readonly string[]>> = {
  storefront: ['pricing', 'payment'],
  pricing: ['inventory'],
};

const BACKUPS: readonly BackupInfo[] = [
  { id: 'old', slot: 'production:costs/eu', takenAtMs: -2, sizeBytes: 1 },
  { id: 'good', slot: 'production:costs/eu', takenAtMs: -1, sizeBytes: 1 },
  { id: 'clean', slot: 'production:pricing/na', takenAtMs: 5 * MINUTE_MS, sizeBytes: 1 },
  { id: 'dirty', slot: 'production:pricing/na', takenAtMs: 11 * MINUTE_MS, sizeBytes: 1 },
  { id: 'too-late', slot: 'production:costs/eu', takenAtMs: 10 * MINUTE_MS, sizeBytes: 1 },
];

async function request(state: State, draft: ActionDraft): Promise<Outcome> {
  const { options, context, cells, asked } = state;
  asked.push(draft);
  const ruling = options.rule?.(draft, asked.length) ?? null;
  if (ruling !== null) return ruling;
  const { verb, resource, actor, door, params } = draft;
  if (verb === 'change-record.open') return { status: 'done', output: { changeRecordId: 'cr-1' } };
  await context.clock.sleep((MINUTES[verb] ?? 0) * MINUTE_MS);
  const cell = cells.get(resource);
  if (cell !== undefined && options.inert?.includes(verb) !== true) carryOut(cell, verb);
  const hasChangeRecord = draft.changeRecord !== null;
  record(state, { verb, resource, actor, door, params, cells: [resource], hasChangeRecord });
  return { status: 'done', output: {} };
}

function record({ audit, context }: State, entry: Partial<AuditEntry> & Pick<AuditEntry, 'verb'>): void {
  audit.push({ ...blankEntry, actionId: `action-${audit.length}`, atMs: context.clock.nowMs(), ...entry });
}

function approvalOf(
  { approvals }: State,
  id: string,
): PromiseWithResolvers<'granted' | 'refused' | 'expired'> {
  const known = approvals.get(id) ?? Promise.withResolvers();
  approvals.set(id, known);
  return known;
}

function feedAlarms(state: State): void {
  const { context, cells } = state;
  const alarms = createAlarms(context);
  alarms.subscribe(change => tell(state, change));
  context.clock.spawn(async () => {
    for (let nth = 1; nth < 20_000; nth++) {
      await context.clock.sleep(context.world.alarms.scrapeEvery);
      alarms.onWindow(telemetryOf(cells, context.clock.nowMs()));
    }
  });
}

function tell({ listeners }: State, change: AlarmChange): void {
  for (const listener of [...listeners]) listener(change);
}

function carryOut(cell: Cell, verb: string): void {
  if (verb === 'environment.create') Object.assign(cell, { exists: true, hasData: false, weight: 0 });
  if (verb === 'environment.restore') cell.hasData = true;
  if (verb === 'environment.validate' && cell.hasData) cell.weight = 1;
  if (verb === 'rollout.rollback') cell.isBad = false;
  if (verb === 'data.repair') cell.isCorrupted = false;
}

const stranger: Actor = {
  id: 'fixer',
  kind: 'agent',
  level: 'mid',
  roles: [],
  onBehalfOf: 'engineer-1',
  session: 'inherited',
};

const blankEntry: Omit<AuditEntry, 'actionId' | 'atMs' | 'verb'> = {
  actor: stranger,
  door: 'console',
  resource: '*',
  params: {},
  phase: 'done',
  cells: [],
  readOnly: false,
  reversible: true,
  destructive: false,
  hasChangeRecord: false,
  detail: '',
};

function slotOf(id: string, cell: Cell): SlotInfo | null {
  if (!cell.exists) return null;
  const [service = '', region = ''] = id.split('/');
  const slot = `production:${id}`;
  return {
    slot,
    environment: 'production',
    service,
    region,
    hasDatabase: true,
    instances: [{ id: `${id}-1`, slot, build: 'b', weight: cell.weight, ready: true }],
  };
}

function telemetryOf(cells: ReadonlyMap<string, Cell>, toMs: number): TelemetryWindow {
  const isSick = (id: string) => {
    const cell = cells.get(id);
    return cell !== undefined && (cell.isBad || cell.isCorrupted);
  };
  const serving = [...cells].filter(([, cell]) => cell.exists && cell.weight > 0);
  return {
    fromMs: toMs - 10_000,
    toMs,
    deliveredAtMs: toMs,
    cells: serving.map(([id]) => {
      const region = id.slice(id.indexOf('/') + 1);
      const dependsOnSick = id.startsWith('storefront') && isSick(`pricing/${region}`);
      const requests = id.startsWith('storefront') ? 60 : 40;
      const errors = dependsOnSick || isSick(id) ? requests / 2 : 0;
      return { cell: id, build: 'b', requests, errors, latencyMsP50: 5, latencyMsP99: 50 };
    }),
    orders: ['na', 'eu'].map(region => ({
      region,
      orders: isSick(`pricing/${region}`) ? 1 : 10,
      expectedOrders: 10,
    })),
  };
}
