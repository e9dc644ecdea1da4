import type { CellId } from '../../../ports/resource.ts';
import type { CellTelemetry, GuardedAction } from '../../guardrail.ts';
import { isCell, regionOf } from './cells.ts';
import { changesProduction, putsBack } from './changes.ts';

/** Cells remembered; a company's world has far fewer. */
const MOST_CELLS = 2_000;

/** Remembers when each cell was last changed: as told, and as seen when telemetry comes from another build. */
export class RecentChanges {
  private readonly changedAtMs = new Map<CellId, number>();
  private readonly builds = new Map<CellId, string>();

  told(action: GuardedAction, atMs: number): void {
    if (!changesProduction(action)) return;
    for (const cell of action.footprint.cells) {
      // A deletion, or a repair, is not mended by going back to the build before.
      if (action.footprint.destructive || putsBack(action)) this.changedAtMs.delete(cell);
      else this.note(cell, atMs);
    }
  }

  seen({ cell, build }: CellTelemetry, atMs: number): void {
    const known = this.builds.get(cell);
    if (known === build || (known === undefined && this.builds.size >= MOST_CELLS)) return;
    this.builds.set(cell, build);
    if (known !== undefined) this.note(cell, atMs);
  }

  forget(cell: CellId): void {
    this.changedAtMs.delete(cell);
  }

  /** The cell of the region that was changed last, not before `sinceMs`; null when none was. */
  newest(region: string, sinceMs: number): CellId | null {
    let newest: CellId | null = null;
    let newestAtMs = sinceMs;
    for (const [cell, atMs] of this.changedAtMs) {
      if (regionOf(cell) !== region || atMs < newestAtMs) continue;
      newest = cell;
      newestAtMs = atMs;
    }
    return newest;
  }

  private note(cell: CellId, atMs: number): void {
    if (!isCell(cell)) return;
    if (this.changedAtMs.size < MOST_CELLS || this.changedAtMs.has(cell)) this.changedAtMs.set(cell, atMs);
  }
}
