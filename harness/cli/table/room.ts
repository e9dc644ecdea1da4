import { formatDuration } from '../../kernel/duration.ts';
import type { TableInject } from '../../run/table.ts';
import type { Selectable } from '../../scenario/selector.ts';
import type { TableSpec } from '../../scenario/table-schema.ts';
import type { Output } from '../output.ts';
import { nowText } from '../wall-clock.ts';
import { createLineSource, type LineSource } from './line-source.ts';
import type { RoomLine } from './room-line.ts';
import { openRoomLog } from './room-log.ts';
import { lineWords } from './room-words.ts';
import { viewerFor } from './viewer.ts';

/** The room with the table, from the first arm to the last. */
export interface Room {
  readonly table: TableSpec;
  /** Those of the game day. */
  readonly scenarios: readonly Selectable[];
  readonly lines: LineSource;
  /** Shows it here if this terminal's seat may see it, and keeps it for the others. */
  say(line: Omit<RoomLine, 'at'>): void;
  /** Prints on this terminal alone. */
  tell(text: string): void;
  /** Whether what facilitators see is seen here. */
  readonly isFacilitator: boolean;
  readonly isStopping: () => boolean;
  /** Said once, when nobody is left to type. */
  noteAllGone(): void;
  close(): void;
}

export interface RoomDeps {
  readonly table: TableSpec;
  readonly scenarios: readonly Selectable[];
  readonly directory: string;
  /** Seat of this terminal. */
  readonly role: string;
  /** Opened only here, so that nobody else waits for what is typed. */
  readonly input: () => NodeJS.ReadableStream;
  readonly output: Output;
  readonly isStopping: () => boolean;
}

export function openRoom({ table, scenarios, directory, role, input, output, isStopping }: RoomDeps): Room {
  const viewer = viewerFor(role, table.roles);
  const log = openRoomLog(directory);
  const lines = createLineSource(input());
  let isAllGone = false;
  const say = (line: Omit<RoomLine, 'at'>) => {
    log.write({ at: nowText(), ...line });
    if (viewer.sees(line)) output.people(lineWords(line));
  };
  return {
    ...{ table, scenarios, lines, say, isStopping },
    tell: text => output.people(text),
    isFacilitator: viewer.isFacilitator,
    noteAllGone: () => {
      if (isAllGone) return;
      isAllGone = true;
      const text = 'nobody types here any more; simulated people decide from now on';
      say({ worldMs: null, to: 'everybody', kind: 'choice', text });
    },
    close: () => {
      say({ worldMs: null, to: 'everybody', kind: 'close', text: 'the table is closed' });
      lines.close();
    },
  };
}

/** The injects of the file as they stand before a facilitator. */
export function injectWords(inject: TableInject, note: string | undefined): string {
  const at = formatDuration(inject.afterGateMs);
  return `${inject.id}, ${at} after the start, to ${inject.to.join(', ')}: ${inject.text}${note === undefined ? '' : ` (for you: ${note})`}`;
}
