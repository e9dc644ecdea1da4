import { type Selectable, selects } from '../selector.ts';
import type { TableSpec } from '../table-schema.ts';
import { checkUnique } from './check-unique.ts';
import type { Reporter } from './reporter.ts';

/** Seats and injects of a day with people in the room fit one another. */
export function checkTable(report: Reporter, table: TableSpec, chosen: readonly Selectable[]): void {
  const ids = table.roles.map(({ id }) => id);
  checkUnique(report, ['table', 'roles'], ids, 'id');
  if (!table.roles.some(({ kind }) => kind === 'facilitator')) {
    report.value(['table', 'roles'], {
      code: 'conflict',
      task: 'find a facilitator',
      hint: 'somebody must see the whole; add { id: facilitator, kind: facilitator }',
    });
  }
  checkPlayers(report, table);
  checkUnique(
    report,
    ['table', 'injects'],
    table.injects.map(({ id }) => id),
    'id',
  );
  for (const [index, inject] of table.injects.entries()) {
    const path = ['table', 'injects', index];
    for (const [at, seat] of (inject.to ?? []).entries())
      report.name([...path, 'to', at], { noun: 'seat', word: seat, legal: ids });
    const { scenario } = inject;
    const isOpen = chosen.some(({ path: file }) => file !== null);
    if (scenario === undefined || isOpen || chosen.some(each => selects(scenario, each))) continue;
    report.name([...path, 'scenario'], {
      noun: 'scenario of this game day',
      word: scenario,
      legal: chosen.map(({ id }) => id),
    });
  }
}

/** One decision is taken by one seat. */
function checkPlayers(report: Reporter, table: TableSpec): void {
  const taken = new Map<string, string>();
  for (const [index, { id, plays }] of table.roles.entries()) {
    for (const [at, played] of plays.entries()) {
      const other = taken.get(played);
      if (other !== undefined) {
        report.value(['table', 'roles', index, 'plays', at], {
          code: 'conflict',
          task: `let "${id}" decide for the ${played}`,
          hint: `"${other}" does already; one seat decides`,
        });
      }
      taken.set(played, id);
    }
  }
}
