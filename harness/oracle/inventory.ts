import type { CellSnapshot } from '../journal/events.ts';
import { cellOf } from '../ports/resource.ts';
import type { SlotInfo, StartedStack } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';

type Rows = ReadonlyMap<string, string>;

/** What is there to be lost: cells, instances and the rows of watched tables, against what was there before the mistake. */
export class Inventory {
  private readonly stack: StartedStack;
  private readonly world: World;
  private readonly before = new Map<string, Rows>();

  constructor(stack: StartedStack, world: World) {
    this.stack = stack;
    this.world = world;
  }

  /** Takes the present state as the one to compare with. */
  async remember(): Promise<void> {
    for (const { service, region, table } of this.watched()) {
      const rows = await this.read(service, region, table);
      if (rows !== null) this.before.set(`${service}/${region} ${table.table}`, rows);
    }
  }

  async take(): Promise<CellSnapshot[]> {
    const slots = new Map(this.stack.slots().map(slot => [slot.slot, slot]));
    const snapshots: CellSnapshot[] = [];
    for (const [service, spec] of Object.entries(this.world.services)) {
      for (const region of spec.regions) {
        const tables = await this.tablesOf(service, region);
        snapshots.push(
          toSnapshot(cellOf(service, region), slots.get(`production:${service}/${region}`), tables),
        );
      }
    }
    return snapshots;
  }

  private async tablesOf(service: string, region: string): Promise<CellSnapshot['tables']> {
    const tables = this.watched().filter(watched => watched.service === service && watched.region === region);
    const snapshots = [];
    for (const { table } of tables) {
      const before = this.before.get(`${service}/${region} ${table.table}`) ?? new Map<string, string>();
      const now = (await this.read(service, region, table)) ?? new Map<string, string>();
      let lost = 0;
      let corrupted = 0;
      for (const [key, value] of before) {
        const present = now.get(key);
        if (present === undefined) lost++;
        else if (present !== value) corrupted++;
      }
      snapshots.push({ table: table.table, rows: now.size, lost, corrupted });
    }
    return snapshots;
  }

  private watched(): { service: string; region: string; table: World['watchedTables'][number] }[] {
    return this.world.watchedTables.flatMap(table =>
      (this.world.services[table.service]?.regions ?? []).map(region => ({
        service: table.service,
        region,
        table,
      })),
    );
  }

  /** Rows by key, each as the text of its watched columns; null when the database or the table is gone. */
  private async read(
    service: string,
    region: string,
    table: World['watchedTables'][number],
  ): Promise<Rows | null> {
    const columns = [table.key, ...table.columns];
    const query = `select ${columns.join(', ')} from ${table.table}`;
    const rows = await this.stack.observe(`production:${service}/${region}`, query).catch(() => null);
    if (rows === null) return null;
    return new Map(
      rows.map(row => [String(row[table.key]), JSON.stringify(table.columns.map(column => row[column]))]),
    );
  }
}

function toSnapshot(cell: string, slot: SlotInfo | undefined, tables: CellSnapshot['tables']): CellSnapshot {
  return {
    cell,
    instances: slot?.instances.length ?? 0,
    builds: [...new Set(slot?.instances.map(instance => instance.build) ?? [])].sort(),
    hasDatabase: slot?.hasDatabase ?? false,
    tables,
  };
}
