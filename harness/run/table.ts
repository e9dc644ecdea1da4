import type { JournalEvent } from '../journal/events.ts';
import type { TableEvent } from '../journal/table-event.ts';
import { HarnessError } from '../kernel/errors.ts';
import type { Choice, Deciders, PlayedRole, Question } from '../ports/deciders.ts';
import type { WorldClock } from '../ports/run-context.ts';
import { createTableView, type TableView } from './table-view.ts';
import type { WatchedJournal } from './watched-journal.ts';

/** Something that is told at the table when its time has come. */
export interface TableInject {
  readonly id: string;
  /** World time after the gate. */
  readonly afterGateMs: number;
  /** Seats that see it. */
  readonly to: readonly string[];
  readonly text: string;
}

/** What the table is asked. `end`: nothing any more, and last notes are taken. */
type TableMoment =
  | { readonly kind: 'decision'; readonly question: Question }
  | { readonly kind: 'inject'; readonly inject: TableInject }
  | { readonly kind: 'end' };

/** A moment at which the run waits for the table, with what there is to see. */
export type TableAsk = TableMoment & TableView;

/** What the table says. */
export interface TableReply {
  /** Id of a choice; null: the simulation decides, or there was nothing to choose. */
  readonly choice: string | null;
  /** The facilitator left this inject out. */
  readonly skip: boolean;
  /** The facilitator's, since the moment before. */
  readonly notes: readonly string[];
}

/** The people in the room, as an arm reaches them. */
export interface TableSeat {
  readonly plays: readonly PlayedRole[];
  readonly injects: readonly TableInject[];
  readonly ask: (asked: TableAsk) => Promise<TableReply>;
}

export interface TableDeps {
  readonly seat: TableSeat;
  readonly journal: WatchedJournal;
  readonly clock: WorldClock;
  readonly gateMs: number;
  readonly waitOutside: <T>(answer: Promise<T>) => Promise<T>;
}

/** The table in one arm. */
export interface RunningTable {
  readonly deciders: Deciders;
  /** Takes the last notes. */
  end(): Promise<void>;
}

/** Most moments of one arm at which the table is asked; beyond that the simulated people decide, and the journal says so. */
const MOST_ASKED = 2_000;

/** Lets people decide in place of simulated ones, one moment after the other, and keeps what they chose and noted in the journal. */
export function startTable(deps: TableDeps): RunningTable {
  const { seat, journal, clock, gateMs, waitOutside } = deps;
  const view = createTableView(journal, clock);
  let asked = 0;
  let before: Promise<unknown> = Promise.resolve();
  /** One at a time, in the order in which the run came to them. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = before.then(work);
    before = turn.catch(() => undefined);
    return waitOutside(turn);
  };
  const exchange = async (moment: TableMoment): Promise<TableReply> => {
    if (++asked > MOST_ASKED) return { choice: null, skip: false, notes: [] };
    const reply = await seat.ask({ ...moment, ...view.now() });
    for (const text of reply.notes) journal.write(note(text));
    return reply;
  };
  for (const inject of seat.injects) {
    clock.at(gateMs + inject.afterGateMs, () =>
      clock.spawn(() =>
        inTurn(async () => {
          const { skip } = await exchange({ kind: 'inject', inject });
          journal.write(told(inject, skip));
        }),
      ),
    );
  }
  return {
    deciders: {
      plays: role => seat.plays.includes(role),
      decide: question =>
        inTurn(async () => {
          const { choice } = await exchange({ kind: 'decision', question });
          const chosen = choice ?? question.simulated;
          journal.write(decided(question, chosen, choice === null ? 'simulation' : 'participant'));
          return chosen;
        }),
    },
    end: () => inTurn(async () => void (await exchange({ kind: 'end' }))),
  };
}

function decided(question: Question, chosen: string, by: TableEvent['by']): JournalEvent {
  const textOf = (id: string): Choice => {
    const found = question.choices.find(choice => choice.id === id);
    if (found !== undefined) return found;
    throw new HarnessError('bug', {
      message: `could not go on after "${question.id}": the table chose "${id}", which was not offered`,
    });
  };
  return {
    type: 'table',
    phase: 'decided',
    by,
    subject: question.id,
    role: question.role,
    offered: question.choices.map(({ id }) => id),
    chosen,
    simulated: question.simulated,
    to: null,
    text: `${question.text} ${textOf(chosen).text}`,
  };
}

function told({ id, to, text }: TableInject, isSkipped: boolean): JournalEvent {
  return { ...note(text), phase: isSkipped ? 'inject-skipped' : 'inject', subject: id, to };
}

function note(text: string): TableEvent {
  return {
    type: 'table',
    phase: 'note',
    by: 'facilitator',
    subject: null,
    role: null,
    offered: null,
    chosen: null,
    simulated: null,
    to: null,
    text,
  };
}
