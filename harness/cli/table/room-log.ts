import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../kernel/errors.ts';
import { parseRoomLine, type RoomLine } from './room-line.ts';

/** What was shown and said at the table, with the time on the wall; a second terminal follows it. */
export const ROOM_FILE = 'table.jsonl';

export interface RoomLog {
  write(line: RoomLine): void;
}

/** Appends to the game day's own file; a later sitting goes on in it. */
export function openRoomLog(directory: string): RoomLog {
  const path = join(directory, ROOM_FILE);
  return {
    write: line => {
      try {
        appendFileSync(path, `${JSON.stringify(line)}\n`);
      } catch (error) {
        throw new HarnessError('environment', {
          message: `could not write ${path}: ${messageOf(error)}`,
          hint: 'Make room on the disk; the arm at the table is played again when the game day goes on.',
          cause: error,
        });
      }
    },
  };
}

/** All whole lines from a byte on, and where they end; null when there is no file yet. */
export function readRoomLog(
  directory: string,
  fromByte: number,
): { readonly lines: readonly RoomLine[]; readonly nextByte: number } | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(directory, ROOM_FILE));
  } catch {
    return null;
  }
  const end = bytes.lastIndexOf(0x0a) + 1;
  const text = bytes.subarray(fromByte, Math.max(fromByte, end)).toString('utf8');
  const lines = text.split('\n').flatMap(line => parseRoomLine(line) ?? []);
  return { lines, nextByte: Math.max(fromByte, end) };
}
