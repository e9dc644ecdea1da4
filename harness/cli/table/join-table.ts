import { resolve } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { HarnessError } from '../../kernel/errors.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCodeName } from '../exit-codes.ts';
import { readGameDayManifest } from '../gameday-manifest.ts';
import { openWorkspace } from '../workspace.ts';
import { ROOM_FILE, readRoomLog } from './room-log.ts';
import { lineWords } from './room-words.ts';
import { viewerFor } from './viewer.ts';

const LOOK_EVERY_MS = 250;

/**
 * Shows on a second terminal what one seat of a running game day's table sees, from its beginning, until the table is
 * closed or Ctrl-C. It only reads.
 */
export async function joinTable(
  file: string,
  { folder, role }: { readonly folder: string; readonly role: string },
  { cwd, output }: CommandContext,
): Promise<ExitCodeName> {
  const workspace = await openWorkspace(cwd);
  const { value } = workspace.catalogue.find('GameDay', file);
  const directory = resolve(cwd, folder);
  if (value.table === undefined) throw unfit(`the game day "${value.metadata.id}" has no table`);
  const viewer = viewerFor(role, value.table.roles);
  if (readGameDayManifest(directory)?.gameDay !== value.metadata.id)
    throw unfit(`${folder} holds no game day "${value.metadata.id}"`);
  output.people(`watching the table in ${folder} as ${role}; Ctrl-C ends it\n`);
  for (let nextByte = 0; ; ) {
    const read = readRoomLog(directory, nextByte);
    nextByte = read?.nextByte ?? nextByte;
    for (const line of read?.lines ?? []) if (viewer.sees(line)) output.machine(lineWords(line));
    if (read !== null && isClosed(read.lines)) return 'held';
    // Between two sittings and before the first, the table may not be open yet.
    await pass(LOOK_EVERY_MS);
  }
}

function isClosed(lines: readonly { readonly kind: string }[]): boolean {
  return lines.at(-1)?.kind === 'close';
}

function unfit(why: string): HarnessError {
  return new HarnessError('usage', {
    message: `could not join a table: ${why}`,
    hint: `Name the game day that runs, and the folder that it printed when it began; ${ROOM_FILE} is followed there.`,
  });
}
