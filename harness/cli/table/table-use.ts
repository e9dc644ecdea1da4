import type { TableEvent } from '../../journal/table-event.ts';
import type { PlayedRole } from '../../ports/deciders.ts';
import type { TableInject } from '../../run/table.ts';

/** What a journal kept of a table. */
export type RecordedTable = readonly (TableEvent & { readonly atMs: number })[];

/** Who decides in an arm besides the simulated people: somebody in the room, or the record of those who were. */
export type TableUse =
  | { readonly mode: 'room'; readonly plays: readonly PlayedRole[]; readonly injects: readonly TableInject[] }
  | { readonly mode: 'record'; readonly lines: RecordedTable };
