import { askForRepair, type RepairResult } from './ask-for-repair.ts';
import { chooseBackup } from './choose-backup.ts';
import { drawn, type Incident, report, rest, spend } from './incident.ts';
import type { Idea } from './next-idea.ts';
import type { LostCell } from './region-view.ts';
import { newestChangeMs } from './undoable-changes.ts';

/** Carries out one idea, with the time that people need for it. Says whether all of its requests were carried out. */
export async function carryOutIdea(incident: Incident, idea: Idea): Promise<RepairResult> {
  await prepare(incident, idea);
  switch (idea.kind) {
    case 'rebuild':
      return rebuild(incident, idea.lost);
    case 'restart':
      return askForRepair(incident, {
        verb: 'instances.restart',
        resource: idea.cell,
        params: {},
        because: `${idea.cell} answers with the most errors`,
      });
    case 'roll-back':
      return rollBack(incident, idea);
    case 'repair-data':
      return repairData(incident, idea);
  }
}

async function prepare(incident: Incident, idea: Idea): Promise<void> {
  const { decide, prepareDataRepair } = incident.context.world.people.responders;
  const text = intentionOf(idea);
  if (idea.kind === 'roll-back' && !idea.isObvious) {
    await spend(incident, decide, { phase: 'decided', text: () => text });
  }
  const sinceMs = incident.context.clock.nowMs();
  const isPrepared = idea.kind === 'repair-data';
  if (isPrepared) await rest(incident, drawn(incident, prepareDataRepair, 'prepare'));
  report(incident, { phase: 'repair-started', sinceMs, kind: isPrepared ? 'declared' : 'mechanism', text });
}

/** What they are about to do, in words. */
export function intentionOf(idea: Idea): string {
  switch (idea.kind) {
    case 'rebuild': {
      const work = {
        missing: 'create, restore and validate',
        empty: 'restore and validate',
        unvalidated: 'validate',
      };
      return `${work[idea.lost.state]} ${idea.lost.cell}`;
    }
    case 'restart':
      return `restart ${idea.cell}, which is loudest`;
    case 'roll-back':
      return `take back ${idea.change.what}`;
    case 'repair-data':
      return `repair data: ${idea.tables.map(({ cell, table }) => `${table} of ${cell}`).join(', ')}`;
  }
}

async function rebuild(incident: Incident, lost: LostCell): Promise<RepairResult> {
  const { cell, state } = lost;
  const ask = (verb: string, params: Readonly<Record<string, unknown>>, because: string) =>
    askForRepair(incident, { verb, resource: cell, params, because });
  if (state === 'missing') {
    const created = await ask('environment.create', { from: 'template' }, `${cell} is missing`);
    if (!created.done) return created;
  }
  if (state !== 'unvalidated') {
    const backup = chooseBackup(incident.controlPlane.backups(), `production:${cell}`, lost.lostAtMs);
    const restored = await ask('environment.restore', { backup }, `${cell} has no data`);
    if (!restored.done) return restored;
    // Before the validation, because that is what lets shoppers in.
    await signOff(incident, cell);
  }
  return ask('environment.validate', {}, `${cell} is restored and takes no traffic yet`);
}

async function signOff(incident: Incident, cell: string): Promise<void> {
  const { signOffRestore } = incident.context.world.people.responders;
  await spend(incident, signOffRestore, {
    phase: 'decided',
    text: () => `signed off the restored data of ${cell}`,
  });
}

async function rollBack(
  incident: Incident,
  idea: Extract<Idea, { kind: 'roll-back' }>,
): Promise<RepairResult> {
  const { change } = idea;
  for (const cell of change.cells) {
    const because = `${change.what} is the newest change that stands`;
    const result = await askForRepair(incident, { ...change.undo, resource: cell, because });
    if (!result.done) return result;
    incident.takenBackMs.push(change.atMs);
  }
  return { done: true };
}

async function repairData(
  incident: Incident,
  idea: Extract<Idea, { kind: 'repair-data' }>,
): Promise<RepairResult> {
  const failures: string[] = [];
  const beforeMs = soundBefore(incident);
  for (const { cell, table } of idea.tables) {
    const backup = chooseBackup(incident.controlPlane.backups(), `production:${cell}`, beforeMs);
    const result = await askForRepair(incident, {
      verb: 'data.repair',
      resource: cell,
      params: { table, backup },
      because: `rows of ${table} in ${cell} are damaged`,
    });
    if (!result.done) failures.push(`${table}: ${result.why}`);
  }
  return failures.length === 0 ? { done: true } : { done: false, why: failures.join('; ') };
}

/** The time until which the data can be trusted: before the changes taken back, and before the newest one that came before the trouble. */
function soundBefore(incident: Incident): number {
  const newest = newestChangeMs(incident.controlPlane.audit(), incident.region, incident.troubleSinceMs);
  return Math.min(incident.troubleSinceMs, newest ?? Number.POSITIVE_INFINITY, ...incident.takenBackMs);
}
