import { setTimeout as pass } from 'node:timers/promises';
import type { Question } from '../../ports/deciders.ts';
import type { TableAsk, TableInject } from '../../run/table.ts';
import { injectWords, type Room } from './room.ts';
import { ROOM_HELP, type RoomCommand, readRoomCommand } from './room-command.ts';
import { harmWords, questionWords } from './room-words.ts';

/** One arm at the table. */
export interface Sitting {
  readonly room: Room;
  readonly injects: readonly TableInject[];
  readonly told: Set<string>;
  readonly skipped: Set<string>;
  /** Not yet handed to the arm. */
  readonly notes: string[];
  isPaused: boolean;
  simulatesAll: boolean;
}

/** How often the terminal is looked at while somebody thinks, ms of real time. */
const LOOK_EVERY_MS = 40;

/**
 * Waits until the room has answered: the id of a choice, or null where the simulated person decides, because the
 * facilitator said so, the time was over, nobody types any more, or the run is to stop. Where nothing is asked it takes
 * what was typed and goes on, unless it is paused.
 */
export async function askInRoom(sitting: Sitting, asked: TableAsk): Promise<string | null> {
  const { room } = sitting;
  const question = asked.kind === 'decision' ? asked.question : null;
  if (question !== null) {
    const seats = room.table.roles.filter(({ plays }) => plays.includes(question.role)).map(({ id }) => id);
    for (const words of questionWords(question, asked.atMs, seats))
      room.say({ worldMs: asked.atMs, ...words });
  }
  let leftMs = room.table.decideWithin ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const answer = readLines(sitting, asked, question);
    if (answer !== undefined) return tellChoice(sitting, asked, answer, 'participants');
    if (room.isStopping()) return null;
    const isHeld = sitting.isPaused && !room.lines.isOver;
    if (question === null && !isHeld) return null;
    if (question !== null && sitting.simulatesAll) return tellChoice(sitting, asked, null, 'facilitator');
    if (room.lines.isOver) {
      room.noteAllGone();
      return tellChoice(sitting, asked, null, 'nobody');
    }
    if (leftMs <= 0) return tellChoice(sitting, asked, null, 'time');
    const sinceMs = performance.now();
    await pass(LOOK_EVERY_MS);
    if (!isHeld) leftMs -= performance.now() - sinceMs;
  }
}

/** Reads what was typed up to an answer; undefined when there is none yet. */
function readLines(sitting: Sitting, asked: TableAsk, question: Question | null): string | null | undefined {
  const { lines } = sitting.room;
  for (let line = lines.peek(); line !== null; line = lines.peek()) {
    const command = readRoomCommand(line);
    const isForDecision = command === null || command.kind === 'simulate';
    // A choice typed ahead belongs to the next decision; in a pause it must not stand before what ends the pause.
    if (isForDecision && question === null && !sitting.isPaused) return undefined;
    lines.take();
    if (isForDecision && sitting.isPaused) {
      sitting.room.tell('The run is paused; type: continue\n');
      continue;
    }
    const answer = command === null ? choose(sitting, line, question) : obey(sitting, command, asked);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function choose(sitting: Sitting, line: string, question: Question | null): string | undefined {
  const { room } = sitting;
  const text = line.trim();
  const chosen = question?.choices.find(({ id }, index) => id === text || String(index + 1) === text);
  if (chosen !== undefined) return chosen.id;
  room.tell(`There is no such choice. Type a number from 1 to ${question?.choices.length ?? 0}, or: help\n`);
  return undefined;
}

/** Null: the simulated person decides. */
function obey(sitting: Sitting, command: RoomCommand, asked: TableAsk): null | undefined {
  const { room } = sitting;
  switch (command.kind) {
    case 'note':
      sitting.notes.push(command.text);
      room.say({ worldMs: asked.atMs, to: 'facilitators', kind: 'note', text: command.text });
      return undefined;
    case 'simulate':
      sitting.simulatesAll ||= command.all;
      return null;
    case 'pause':
    case 'continue':
      sitting.isPaused = command.kind === 'pause';
      room.tell(sitting.isPaused ? 'Paused; type: continue\n' : 'Going on.\n');
      return undefined;
    case 'skip':
      skip(sitting, command.inject);
      return undefined;
    case 'help':
      room.tell(`${ROOM_HELP}\n`);
      return undefined;
    case 'nothing':
      return undefined;
    default:
      tellAhead(sitting, command.kind, asked);
      return undefined;
  }
}

function skip({ room, injects, told, skipped }: Sitting, id: string): void {
  const isToCome = injects.some(inject => inject.id === id) && !told.has(id);
  if (isToCome) skipped.add(id);
  room.tell(isToCome ? `"${id}" will be left out.\n` : `No inject "${id}" is still to come.\n`);
}

/** What only facilitators may see; a terminal that participants look at does not show it. */
function tellAhead(
  { room, injects, told, skipped }: Sitting,
  what: 'injects' | 'harm',
  asked: TableAsk,
): void {
  if (!room.isFacilitator) {
    room.tell('Only a terminal with --role facilitator shows that.\n');
    return;
  }
  if (what === 'harm') {
    room.tell(`harm so far: ${harmWords(asked.harm)}\n`);
    return;
  }
  const ahead = injects.filter(({ id }) => !told.has(id) && !skipped.has(id));
  for (const inject of ahead) room.tell(`to come: ${injectWords(inject, undefined)}\n`);
  if (ahead.length === 0) room.tell('No inject is still to come.\n');
}

function tellChoice(
  { room }: Sitting,
  asked: TableAsk,
  answer: string | null,
  by: 'participants' | 'facilitator' | 'nobody' | 'time',
): string | null {
  if (asked.kind !== 'decision') return answer;
  const { choices, simulated } = asked.question;
  const text = choices.find(({ id }) => id === (answer ?? simulated))?.text ?? '';
  const why = by === 'time' ? ' (the time for the decision was over)' : '';
  const whose = answer === null ? `the simulated person decides${why}` : 'decided';
  room.say({ worldMs: asked.atMs, to: 'everybody', kind: 'choice', text: `${whose}: ${text}` });
  return answer;
}
