import type { TableEvent } from '../../journal/table-event.ts';
import type { PlayedRole } from '../../ports/deciders.ts';
import type { TableAsk, TableReply, TableSeat } from '../../run/table.ts';
import type { RecordedTable } from './table-use.ts';

/** Decides as the record says, in its order; once the story leaves the record, `missing` hears of it. */
export function seatOfRecord(lines: RecordedTable, gateMs: number, missing: string[]): TableSeat {
  let at = 0;
  const next = (): TableEvent | undefined => lines[at++];
  const ask = async (asked: TableAsk): Promise<TableReply> => {
    // As late as an answer from another thread: what else the moment brings must come before it, as it did then.
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    const notes: string[] = [];
    let line = next();
    for (; line?.phase === 'note'; line = next()) notes.push(line.text);
    const reply = replyTo(asked, line);
    if (typeof reply === 'string') missing.push(reply);
    return { choice: null, skip: false, ...(typeof reply === 'string' ? {} : reply), notes };
  };
  return { plays: playedIn(lines), injects: injectsOf(lines, gateMs), ask };
}

/** What the line answers; a text where it answers something else. */
function replyTo(asked: TableAsk, line: TableEvent | undefined): Partial<TableReply> | string {
  switch (asked.kind) {
    case 'end':
      return line === undefined ? {} : 'the record of the table goes on after the end of the story';
    case 'inject':
      return line?.subject === asked.inject.id
        ? { skip: line.phase === 'inject-skipped' }
        : `the record of the table lacks the inject "${asked.inject.id}"`;
    case 'decision': {
      const { id, choices } = asked.question;
      const isSame = line?.subject === id && choices.some(choice => choice.id === line.chosen);
      if (!isSame) return `the record of the table lacks an answer to "${id}"`;
      return { choice: line.by === 'simulation' ? null : line.chosen };
    }
  }
}

function playedIn(lines: RecordedTable): PlayedRole[] {
  return [...new Set(lines.flatMap(({ role }) => role ?? []))];
}

/** Those that were told or left out; what never came is not in the record, and would not come again. */
function injectsOf(lines: RecordedTable, gateMs: number): TableSeat['injects'] {
  return lines.flatMap(({ phase, subject, to, atMs, text }) =>
    (phase === 'inject' || phase === 'inject-skipped') && subject !== null
      ? [{ id: subject, afterGateMs: atMs - gateMs, to: to ?? [], text }]
      : [],
  );
}
