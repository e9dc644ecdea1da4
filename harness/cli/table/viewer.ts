import { HarnessError } from '../../kernel/errors.ts';
import type { TableSpec } from '../../scenario/table-schema.ts';
import type { RoomLine } from './room-line.ts';

/** Whose eyes a terminal has. */
export interface Viewer {
  readonly isFacilitator: boolean;
  sees(line: Pick<RoomLine, 'to'>): boolean;
}

/**
 * The viewer of `--role`: the id of a seat, `facilitator`, or `participant` for what any of them sees. A seat that plays
 * nobody watches all participants. Throws a `usage` error for a seat that is not there.
 */
export function viewerFor(role: string, roles: TableSpec['roles']): Viewer {
  const seat = roles.find(({ id }) => id === role);
  if (role === 'facilitator' || seat?.kind === 'facilitator')
    return { isFacilitator: true, sees: () => true };
  if (seat === undefined && role !== 'participant') {
    const seats = [...new Set(['facilitator', 'participant', ...roles.map(({ id }) => id)])];
    throw new HarnessError('usage', {
      message: `could not take the seat "${role}": the table has ${seats.join(', ')}`,
      hint: 'Name one of them with --role.',
    });
  }
  const watchesAll = seat === undefined || seat.plays.length === 0;
  return {
    isFacilitator: false,
    sees: ({ to }) => {
      if (to === 'facilitators') return false;
      return to === 'everybody' || watchesAll || to.includes(role);
    },
  };
}
