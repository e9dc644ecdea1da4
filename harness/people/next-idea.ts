import type { CellId } from '../ports/resource.ts';
import type { World } from '../scenario/world-schema.ts';
import { regionOf } from './region-of.ts';
import type { LostCell, RegionView } from './region-view.ts';
import type { UndoableChange } from './undoable-changes.ts';

/** What responders can think of. */
export type Idea =
  | { readonly kind: 'rebuild'; readonly lost: LostCell }
  | { readonly kind: 'restart'; readonly cell: CellId }
  | { readonly kind: 'roll-back'; readonly change: UndoableChange; readonly isObvious: boolean }
  | {
      readonly kind: 'repair-data';
      readonly tables: readonly { readonly cell: CellId; readonly table: string }[];
    };

/** What was tried in this incident, by name, and how often. */
export type Tried = ReadonlyMap<string, number>;

export interface Knowledge {
  readonly watchedTables: World['watchedTables'];
  /** Names of the services and third parties that a service calls. */
  readonly dependsOn: (service: string) => readonly string[];
}

/** The same home is rebuilt this often before it is given up. */
const REBUILD_LIMIT = 3;
const ROLL_BACK_LIMIT = 4;

/**
 * The next repair worth trying, or null when they are out of ideas. Ideas go by what is plain to see: a missing home
 * first; then the newest change, straight away when a record says what it was, after a restart of what is loudest when
 * none does; and when nothing is left to take back, the data.
 */
export function nextIdea(view: RegionView, tried: Tried, knowledge: Knowledge): Idea | null {
  const lost = view.lost.find(({ cell }) => timesTried(tried, `rebuild ${cell}`) < REBUILD_LIMIT);
  if (lost !== undefined) return { kind: 'rebuild', lost };
  if (view.damaged.length > 0 && timesTried(tried, 'repair-data') === 0) {
    return dataRepair(view.damaged, knowledge, new Set());
  }
  const change = suspectChange(view, tried);
  const loudest = view.unhealthy[0];
  const isObvious = change?.isDocumented === true;
  if (loudest !== undefined && !isObvious && timesTried(tried, 'restart') === 0 && noRollBackYet(tried)) {
    return { kind: 'restart', cell: loudest };
  }
  if (change !== null) return { kind: 'roll-back', change, isObvious };
  if (view.unhealthy.length > 0 && timesTried(tried, 'repair-data') === 0) {
    return dataRepair(view.unhealthy, knowledge, dependenciesOf(view.unhealthy, knowledge));
  }
  return null;
}

/** Everything that could be done by what is plain to see, whether or not it was tried: what people at a table choose from. */
export function possibleIdeas(view: RegionView, knowledge: Knowledge): readonly Idea[] {
  const { lost, unhealthy, damaged, changes } = view;
  const data =
    damaged.length > 0
      ? dataRepair(damaged, knowledge, new Set())
      : dataRepair(unhealthy, knowledge, dependenciesOf(unhealthy, knowledge));
  return [
    ...lost.map((each): Idea => ({ kind: 'rebuild', lost: each })),
    ...unhealthy.map((cell): Idea => ({ kind: 'restart', cell })),
    ...changes.map((change): Idea => ({ kind: 'roll-back', change, isObvious: change.isDocumented })),
    ...(data === null ? [] : [data]),
  ];
}

/** The name under which an idea is remembered as tried. */
export function nameOf(idea: Idea): string {
  switch (idea.kind) {
    case 'rebuild':
      return `rebuild ${idea.lost.cell}`;
    case 'restart':
      return 'restart';
    case 'roll-back':
      return `roll-back ${idea.change.actionId}`;
    case 'repair-data':
      return 'repair-data';
  }
}

/** The newest change still standing that touched what is unhealthy, else the newest in the region. */
export function suspectChange(view: RegionView, tried: Tried): UndoableChange | null {
  const rollBacks = [...tried.keys()].filter(name => name.startsWith('roll-back ')).length;
  if (rollBacks >= ROLL_BACK_LIMIT) return null;
  const left = view.changes.filter(({ actionId }) => !tried.has(`roll-back ${actionId}`));
  const unhealthy = new Set(view.unhealthy);
  return left.find(({ cells }) => cells.some(cell => unhealthy.has(cell))) ?? left[0] ?? null;
}

function noRollBackYet(tried: Tried): boolean {
  return ![...tried.keys()].some(name => name.startsWith('roll-back '));
}

function timesTried(tried: Tried, name: string): number {
  return tried.get(name) ?? 0;
}

function dataRepair(cells: readonly CellId[], knowledge: Knowledge, also: ReadonlySet<CellId>): Idea | null {
  const tables = [...new Set([...cells, ...also])].flatMap(cell =>
    knowledge.watchedTables
      .filter(({ service }) => service === serviceOf(cell))
      .map(({ table }) => ({ cell, table })),
  );
  return tables.length === 0 ? null : { kind: 'repair-data', tables };
}

/** Cells of the same region that the given ones call, directly or by way of others. */
function dependenciesOf(cells: readonly CellId[], knowledge: Knowledge): Set<CellId> {
  const found = new Set<CellId>();
  const queue = [...cells];
  for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
    for (const service of knowledge.dependsOn(serviceOf(cell))) {
      const next = `${service}/${regionOf(cell)}`;
      if (found.has(next)) continue;
      found.add(next);
      queue.push(next);
    }
  }
  return found;
}

function serviceOf(cell: CellId): string {
  return cell.slice(0, cell.lastIndexOf('/'));
}
