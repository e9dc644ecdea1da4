import type { ControlPlane } from '../ports/control-plane.ts';
import type { TelemetryWindow } from '../ports/telemetry.ts';
import type { AlarmChange } from './alarms.ts';
import { type CustomerReports, createCustomerReports } from './customer-reports.ts';
import { drawDelayMs } from './declared-time.ts';
import type { Incident, Notice } from './incident.ts';
import { noticesOf } from './operator-notices.ts';
import { askOperator } from './operator-question.ts';
import type { PeopleContext } from './people-context.ts';
import { regionOf } from './region-of.ts';
import { customersAreHit, type RegionView, viewRegion } from './region-view.ts';
import { type IncidentEnd, runIncident } from './run-incident.ts';
import { onCallFor } from './staff.ts';

export interface RespondersOptions {
  readonly context: PeopleContext;
  readonly controlPlane: Pick<ControlPlane, 'request' | 'approvalSettled' | 'audit' | 'slots' | 'backups'>;
  /** Alarms that page people: ordinary operations' and guardrails'. The returned function ends the subscription. */
  readonly alarms: (listener: (change: AlarmChange) => void) => () => void;
  /** The telemetry window delivered last; null before the first. */
  readonly telemetry: () => TelemetryWindow | null;
  /** What a service calls, by name: the company's own service map. */
  readonly dependsOn: (service: string) => readonly string[];
}

export interface Responders {
  /** Incidents being worked on, by region. */
  openIncidents(): readonly string[];
  /**
   * Says whether customers of the region suffer from what no instrument shows. Support passes it on after its declared
   * time; until it is taken back, the region does not count as healthy to those who were told.
   */
  customersSuffer(region: string, isSuffering: boolean): void;
  stop(): void;
}

interface Desk extends RespondersOptions {
  readonly aborter: AbortController;
  readonly incidents: Set<string>;
  readonly incidentCounts: Map<string, number>;
  readonly openAlarms: Set<string>;
  readonly reports: CustomerReports;
  /** Regions whose customers suffer unseen, and those of which support has told. */
  readonly suffering: Set<string>;
  readonly told: Set<string>;
  windows: TelemetryWindow[];
  auditRead: number;
}

/** Incidents that one region's people take on in a run; beyond that nobody answers, and the journal says so. */
const INCIDENT_LIMIT = 20;

/**
 * The people of ordinary operations. They notice by the operator's own screen, by an alarm or by customers' reports,
 * and see only what a company sees: alarms, telemetry, inventory, backups and the audit trail. One incident at a time
 * per region; all repairs go through the control plane's guarded doors.
 */
export function startResponders(options: RespondersOptions): Responders {
  const desk: Desk = {
    ...options,
    aborter: new AbortController(),
    incidents: new Set(),
    incidentCounts: new Map(),
    openAlarms: new Set(),
    reports: createCustomerReports(options.context),
    suffering: new Set(),
    told: new Set(),
    windows: [],
    auditRead: options.controlPlane.audit().length,
  };
  const unsubscribe = options.alarms(change => onAlarm(desk, change));
  options.context.clock.spawn(() => untilStopped(desk, () => keepWatch(desk)));
  return {
    openIncidents: () => [...desk.incidents],
    customersSuffer: (region, isSuffering) => {
      if (isSuffering) desk.suffering.add(region);
      else {
        desk.suffering.delete(region);
        desk.told.delete(region);
      }
    },
    stop: () => {
      unsubscribe();
      desk.aborter.abort(STOPPED);
    },
  };
}

const STOPPED = 'the people were sent home';

/** Ends quietly when everybody is sent home; any other failure goes up. */
async function untilStopped(desk: Desk, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!desk.aborter.signal.aborted || error !== STOPPED) throw error;
  }
}

async function keepWatch(desk: Desk): Promise<void> {
  const { clock, world } = desk.context;
  for (;;) {
    await clock.sleep(world.alarms.scrapeEvery, desk.aborter.signal);
    const latest = desk.telemetry();
    if (latest !== null && latest.toMs !== desk.windows.at(-1)?.toMs) {
      const sinceMs = latest.toMs - world.alarms.settleWindow;
      desk.windows = [...desk.windows, latest].filter(({ toMs }) => toMs > sinceMs);
    }
    watchOwnSessions(desk);
    for (const region of world.regions) hearCustomers(desk, region);
  }
}

function onAlarm(desk: Desk, change: AlarmChange): void {
  const { alarm, source, subject, phase } = change;
  const key = `${source} ${alarm} ${subject}`;
  if (phase === 'resolved') {
    desk.openAlarms.delete(key);
    return;
  }
  desk.openAlarms.add(key);
  const region = regionOf(subject);
  if (!desk.context.world.regions.includes(region)) return;
  const who = onCallFor(desk.context.world, region)?.id ?? 'nobody';
  const text = `paged by ${source === 'ordinary' ? 'the' : `${source}'s`} ${alarm} alarm of ${subject}`;
  openIncident(desk, region, { by: 'alarm', who, sinceMs: desk.context.clock.nowMs(), text });
}

/** Whoever an agent acts for sees, after a while, what was destroyed in their name. */
function watchOwnSessions(desk: Desk): void {
  const { clock, rng, world } = desk.context;
  const audit = desk.controlPlane.audit();
  const fresh = audit.slice(desk.auditRead);
  desk.auditRead = audit.length;
  for (const { entry, who, region } of noticesOf(fresh, world.regions)) {
    const key = `${who}/${region}/${desk.incidentCounts.get(region) ?? 0}`;
    const delayMs = drawDelayMs(rng.fork('people/operators'), world.people.responders.operatorNotices, key);
    const text = `saw ${entry.verb} on ${entry.resource} done in their own name`;
    const raise = () => {
      if (!desk.aborter.signal.aborted)
        openIncident(desk, region, { by: 'operator', who, sinceMs: entry.atMs, text });
    };
    clock.at(entry.atMs + delayMs, () => {
      if (desk.aborter.signal.aborted || desk.incidents.has(region)) return;
      const asked = askOperator(desk.context, { key: `${key} ${entry.actionId}`, who, region, text });
      if (asked === null) raise();
      else clock.spawn(async () => (await asked) && raise());
    });
  }
}

function hearCustomers(desk: Desk, region: string): void {
  if (desk.incidents.has(region)) {
    desk.reports.taken(region);
    return;
  }
  const isHit = desk.suffering.has(region) || customersAreHit(region, desk);
  const due = desk.reports.hear(region, isHit);
  if (due === null) return;
  desk.told.add(region);
  const text = `support passed on reports of customers in ${region}`;
  openIncident(desk, region, { by: 'customers', who: 'support', sinceMs: due.sinceMs, text });
}

function openIncident(desk: Desk, region: string, notice: Notice): void {
  if (desk.incidents.has(region)) return;
  const nth = desk.incidentCounts.get(region) ?? 0;
  const onCall = onCallFor(desk.context.world, region);
  if (onCall === null || nth > INCIDENT_LIMIT) return;
  desk.incidentCounts.set(region, nth + 1);
  if (nth === INCIDENT_LIMIT) {
    giveUpFor(desk, onCall.id, region);
    return;
  }
  const { context, controlPlane, dependsOn } = desk;
  const incident: Incident = {
    context,
    controlPlane,
    knowledge: { watchedTables: context.world.watchedTables, dependsOn },
    region,
    key: `${region}/${nth}`,
    onCall,
    signal: desk.aborter.signal,
    look: () => look(desk, region),
    troubleSinceMs: notice.sinceMs,
    takenBackMs: [],
    spent: new Map(),
    changeRecord: null,
  };
  desk.incidents.add(region);
  context.clock.spawn(() => untilStopped(desk, () => workOn(desk, incident, notice)));
}

async function workOn(desk: Desk, incident: Incident, notice: Notice): Promise<IncidentEnd> {
  try {
    return await runIncident(incident, notice);
  } finally {
    desk.incidents.delete(incident.region);
  }
}

function giveUpFor(desk: Desk, who: string, region: string): void {
  const { clock, journal } = desk.context;
  const text = `${INCIDENT_LIMIT} incidents in ${region}; nobody answers any more`;
  journal.write({
    type: 'person',
    who,
    role: 'on-call',
    phase: 'gave-up',
    sinceMs: clock.nowMs(),
    kind: 'mechanism',
    text,
  });
}

function look(desk: Desk, region: string): RegionView {
  const isRinging = [...desk.openAlarms].some(
    key => key.startsWith('ordinary ') && regionOf(key.slice(key.lastIndexOf(' ') + 1)) === region,
  );
  const stillComplain = desk.told.has(region) && desk.suffering.has(region);
  return viewRegion(region, { ...desk, hasOpenAlarm: isRinging || stillComplain });
}
