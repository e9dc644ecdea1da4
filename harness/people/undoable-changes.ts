import type { Params } from '../ports/action.ts';
import type { AuditEntry } from '../ports/control-plane.ts';
import type { CellId } from '../ports/resource.ts';
import { regionOf } from './region-of.ts';

/** A change that still stands in a region, and the request that undoes it, cell by cell. */
export interface UndoableChange {
  readonly actionId: string;
  readonly atMs: number;
  readonly what: string;
  /** Cells of the region that it changed. */
  readonly cells: readonly CellId[];
  readonly isDocumented: boolean;
  readonly undo: { readonly verb: string; readonly params: Params };
}

const UNDOING = new Set(['rollout.rollback', 'config.revert']);

/**
 * Changes that stand in a region's production cells by the audit trail, newest first. Each roll-back takes back the
 * newest change before it on the same cell, so a change that was rolled back already is not offered again.
 */
export function undoableChanges(audit: readonly AuditEntry[], region: string): readonly UndoableChange[] {
  const failed = new Set(audit.filter(entry => entry.phase === 'failed').map(entry => entry.actionId));
  const takenBack = new Map<CellId, number>();
  const seen = new Set<string>();
  const changes: UndoableChange[] = [];
  for (const entry of audit.toReversed()) {
    const standing = entry.phase === 'done' || entry.phase === 'started';
    if (!standing || entry.readOnly || seen.has(entry.actionId) || failed.has(entry.actionId)) continue;
    seen.add(entry.actionId);
    const cells = entry.cells.filter(cell => regionOf(cell) === region);
    if (UNDOING.has(entry.verb)) {
      for (const cell of cells) takenBack.set(cell, (takenBack.get(cell) ?? 0) + 1);
      continue;
    }
    const undo = undoOf(entry);
    if (undo === null) continue;
    const left = cells.filter(cell => !takeBack(takenBack, cell));
    if (left.length > 0) changes.push(changeOf(entry, left, undo));
  }
  return changes;
}

/** When the newest change was made in the region, until `untilMs` and whether or not it still stands; null without any. */
export function newestChangeMs(audit: readonly AuditEntry[], region: string, untilMs: number): number | null {
  const newest = audit.findLast(
    entry =>
      entry.phase === 'done' &&
      entry.atMs <= untilMs &&
      (undoOf(entry) !== null || entry.destructive) &&
      entry.cells.some(cell => regionOf(cell) === region),
  );
  return newest?.atMs ?? null;
}

function changeOf(entry: AuditEntry, cells: readonly CellId[], undo: UndoableChange['undo']): UndoableChange {
  return {
    actionId: entry.actionId,
    atMs: entry.atMs,
    what: `${entry.verb} on ${entry.resource} by ${entry.actor.id}`,
    cells,
    isDocumented: entry.hasChangeRecord,
    undo,
  };
}

/** The runbook's way back from a change; null where there is none. */
function undoOf({ verb, params }: AuditEntry): UndoableChange['undo'] | null {
  const rollBack = { verb: 'rollout.rollback', params: {} };
  if (verb === 'rollout.start' || verb === 'rollout.promote' || verb === 'pull-request.merge')
    return rollBack;
  if (verb === 'flag.set') return { verb: 'config.revert', params: {} };
  if (verb === 'config.push') return pinsBuild(params) ? rollBack : { verb: 'config.revert', params: {} };
  if (verb === 'network.cut' && params.cut !== false) return { verb, params: { ...params, cut: false } };
  return null;
}

function pinsBuild(params: Params): boolean {
  const { set } = params;
  return typeof set === 'object' && set !== null && 'build' in set;
}

function takeBack(takenBack: Map<CellId, number>, cell: CellId): boolean {
  const count = takenBack.get(cell) ?? 0;
  if (count === 0) return false;
  takenBack.set(cell, count - 1);
  return true;
}
