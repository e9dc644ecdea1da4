import type { Plan } from '../../plan/plan.ts';
import type { TableAsk, TableInject, TableReply } from '../../run/table.ts';
import { type Selectable, selects } from '../../scenario/selector.ts';
import type { TableSpec } from '../../scenario/table-schema.ts';
import type { TableAnswers } from '../arm-pool.ts';
import { askInRoom, type Sitting } from './ask-in-room.ts';
import { injectWords, type Room } from './room.ts';
import { newsWords } from './room-words.ts';
import type { TableUse } from './table-use.ts';

/** Lets the people in the room play one arm: what its worker is given, and who answers it. */
export function sitDown(room: Room, plan: Plan): { readonly use: TableUse; readonly answers: TableAnswers } {
  const { table, scenarios } = room;
  const plays = [...new Set(table.roles.flatMap(role => role.plays))];
  const injects = injectsFor(plan, table, scenarios);
  const sitting: Sitting = {
    ...{ room, injects },
    told: new Set(),
    skipped: new Set(),
    notes: [],
    isPaused: false,
    simulatesAll: false,
  };
  begin(room, plan, injects);
  return { use: { mode: 'room', plays, injects }, answers: asked => answer(sitting, asked) };
}

function begin(room: Room, plan: Plan, injects: readonly TableInject[]): void {
  const title = plan.scenario?.metadata.title ?? 'the quiet week';
  const own = { worldMs: null, kind: 'begin' } as const;
  room.say({ ...own, to: 'everybody', text: `The table is open, under the profile ${plan.profile.id}.` });
  // The title tells what will happen.
  room.say({ ...own, to: 'facilitators', text: `${title} (seed ${plan.seed})` });
  for (const inject of injects) {
    const { note } = room.table.injects.find(({ id }) => id === inject.id) ?? {};
    room.say({ ...own, to: 'facilitators', text: `to come: ${injectWords(inject, note)}` });
  }
}

async function answer(sitting: Sitting, asked: TableAsk): Promise<TableReply> {
  const { room } = sitting;
  const worldMs = asked.atMs;
  for (const words of newsWords(asked)) room.say({ worldMs, ...words });
  if (asked.kind === 'inject') tellInject(sitting, asked.inject, worldMs);
  const choice = await askInRoom(sitting, asked);
  if (asked.kind === 'end') room.say({ worldMs, to: 'everybody', kind: 'end', text: 'This story is over.' });
  const skip = asked.kind === 'inject' && sitting.skipped.has(asked.inject.id);
  return { choice, skip, notes: sitting.notes.splice(0) };
}

function tellInject({ room, told, skipped }: Sitting, inject: TableInject, worldMs: number): void {
  told.add(inject.id);
  if (skipped.has(inject.id))
    room.say({ worldMs, to: 'facilitators', kind: 'inject', text: `(left out) ${inject.text}` });
  else room.say({ worldMs, to: inject.to, kind: 'inject', text: inject.text });
}

function injectsFor(
  plan: Plan,
  { injects, roles }: TableSpec,
  scenarios: readonly Selectable[],
): TableInject[] {
  const own = scenarios.find(({ id }) => id === plan.scenario?.metadata.id);
  const everybody = roles.filter(({ kind }) => kind === 'participant').map(({ id }) => id);
  return injects
    .filter(({ scenario }) => scenario === undefined || (own !== undefined && selects(scenario, own)))
    .map(({ id, at, to, text }) => ({ id, afterGateMs: at, to: to ?? everybody, text }))
    .sort((a, b) => a.afterGateMs - b.afterGateMs);
}
