import type { AuditEntry, ControlPlane } from '../ports/control-plane.ts';
import { type CellId, cellOf } from '../ports/resource.ts';
import type { SlotInfo } from '../ports/stack.ts';
import type { TelemetryWindow } from '../ports/telemetry.ts';
import { countByCell } from './judge-region.ts';
import type { PeopleContext } from './people-context.ts';
import { type UndoableChange, undoableChanges } from './undoable-changes.ts';

/** A cell that has lost its home or its data. */
export interface LostCell {
  readonly cell: CellId;
  /** What is still to be done: everything, data and validation, or validation alone. */
  readonly state: 'missing' | 'empty' | 'unvalidated';
  /** When it was lost, by the audit trail; null when the trail does not say. */
  readonly lostAtMs: number | null;
}

/** A region as the company's own eyes see it: inventory, telemetry, alarms and the audit trail. Never the oracle. */
export interface RegionView {
  readonly region: string;
  readonly lost: readonly LostCell[];
  /** Cells with too many errors in the latest windows, the loudest first. */
  readonly unhealthy: readonly CellId[];
  /** Cells whose data somebody destroyed with a statement that no change record speaks of. */
  readonly damaged: readonly CellId[];
  /** An alarm is open, or customers who complained still do. */
  readonly hasOpenAlarm: boolean;
  readonly changes: readonly UndoableChange[];
}

export interface ViewSources {
  readonly context: PeopleContext;
  readonly controlPlane: Pick<ControlPlane, 'slots' | 'audit'>;
  /** The telemetry windows of the last `alarms.settleWindow`, oldest first. */
  readonly windows: readonly TelemetryWindow[];
  readonly hasOpenAlarm: boolean;
}

/** Fewer errors than this in the latest windows are nobody's worry. */
const ERRORS_TO_WORRY = 3;
/** Windows by which customers know what they see now. */
const LATEST = 2;

export function isHealthy(view: RegionView): boolean {
  const { lost, unhealthy, damaged, hasOpenAlarm } = view;
  return lost.length === 0 && unhealthy.length === 0 && damaged.length === 0 && !hasOpenAlarm;
}

export function viewRegion(region: string, sources: ViewSources): RegionView {
  const { context, controlPlane, windows, hasOpenAlarm } = sources;
  const audit = controlPlane.audit();
  const unhealthy = unhealthyCells(windows, region, context.world.alarms.settledBelow);
  const slots = new Map(controlPlane.slots().map(slot => [slot.slot, slot]));
  const meant = meantCells(context, region);
  return {
    region,
    lost: meant
      .flatMap(
        cell => lossOf(cell, slots.get(`production:${cell}`), audit, unhealthy.includes(cell)) ?? [],
        // What was removed on record is missed by nobody, unless somebody complains.
      )
      .filter(({ cell }) => hasOpenAlarm || !isRemovedOnRecord(cell, audit)),
    unhealthy,
    damaged: meant.filter(cell => isDamaged(cell, audit)),
    hasOpenAlarm,
    changes: undoableChanges(audit, region),
  };
}

/** What customers can tell without any instrument: a service is not there, lets nobody in, or answers with errors. */
export function customersAreHit(region: string, sources: Omit<ViewSources, 'hasOpenAlarm'>): boolean {
  const { context, controlPlane, windows } = sources;
  if (unhealthyCells(windows.slice(-LATEST), region, context.world.alarms.errorsAbove).length > 0)
    return true;
  const open = new Set(
    controlPlane
      .slots()
      .filter(slot => slot.hasDatabase && !isShut(slot))
      .map(({ slot }) => slot),
  );
  const audit = controlPlane.audit();
  return meantCells(context, region).some(
    cell => !open.has(`production:${cell}`) && !isRemovedOnRecord(cell, audit),
  );
}

function meantCells(context: PeopleContext, region: string): CellId[] {
  return Object.entries(context.world.services)
    .filter(([, service]) => service.regions.includes(region))
    .map(([service]) => cellOf(service, region));
}

function isShut(slot: SlotInfo): boolean {
  return slot.instances.every(({ weight }) => weight <= 0);
}

/** Cells of the region whose share of errors is above the threshold in the given windows, the one with most errors first. */
function unhealthyCells(windows: readonly TelemetryWindow[], region: string, above: number): CellId[] {
  return [...countByCell(windows, region)]
    .filter(([, count]) => count.errors >= ERRORS_TO_WORRY && count.errors > above * count.requests)
    .sort(([, a], [, b]) => b.errors - a.errors)
    .map(([cell]) => cell);
}

function lossOf(
  cell: CellId,
  slot: SlotInfo | undefined,
  audit: readonly AuditEntry[],
  isUnhealthy: boolean,
): LostCell | null {
  const done = audit.filter(entry => entry.phase === 'done' && entry.cells.includes(cell));
  const lostAtMs = done.findLast(removesHome)?.atMs ?? null;
  if (slot === undefined || !slot.hasDatabase || slot.instances.length === 0) {
    return { cell, state: 'missing', lostAtMs };
  }
  // A home made anew has instances and a database, but nothing in it and no shoppers at its door.
  const takesNobody = isShut(slot);
  const emptied = done.findLastIndex(entry => removesHome(entry) || entry.verb === 'environment.create');
  const refilled = done.findLastIndex(entry => entry.verb === 'environment.restore');
  if (emptied > refilled && (takesNobody || isUnhealthy)) return { cell, state: 'empty', lostAtMs };
  return takesNobody ? { cell, state: 'unvalidated', lostAtMs } : null;
}

function isRemovedOnRecord(cell: CellId, audit: readonly AuditEntry[]): boolean {
  const removal = audit.findLast(
    entry => entry.phase === 'done' && entry.cells.includes(cell) && removesHome(entry),
  );
  return removal?.hasChangeRecord === true;
}

function removesHome(entry: AuditEntry): boolean {
  const family = entry.verb.split('.')[0];
  const removes = family === 'environment' || family === 'plan';
  return removes && entry.destructive && entry.verb !== 'environment.restore';
}

function isDamaged(cell: CellId, audit: readonly AuditEntry[]): boolean {
  const done = audit.filter(entry => entry.phase === 'done' && entry.cells.includes(cell));
  const damage = done.findLastIndex(
    entry => entry.verb.startsWith('database.') && entry.destructive && !entry.hasChangeRecord,
  );
  const mended = done.findLastIndex(({ verb }) => verb === 'data.repair' || verb === 'environment.restore');
  return damage > mended;
}
