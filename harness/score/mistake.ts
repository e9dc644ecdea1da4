import { parseResource } from '../ports/resource.ts';
import { type ArmRecord, type LineOf, linesOf } from './arm-record.ts';

/** One request of the scenario's own steps, and what became of it. */
export interface MistakeAction {
  readonly requested: LineOf<'action-requested'>;
  /** The last decision on it; null when the journal holds none. */
  readonly decided: LineOf<'action-decided'> | null;
  readonly started: LineOf<'effect-started'> | null;
  readonly finished: LineOf<'effect-finished'> | null;
  /** Its effect changed production, even if it was turned round later, or was still under way when the arm ended. */
  readonly landed: boolean;
}

/** The scenario's actions, in order: requests that carry a step. People's repairs carry none. */
export function mistakeActions(record: ArmRecord): MistakeAction[] {
  const decided = new Map(linesOf(record, 'action-decided').map(line => [line.actionId, line]));
  const started = new Map(linesOf(record, 'effect-started').map(line => [line.actionId, line]));
  const finished = new Map(linesOf(record, 'effect-finished').map(line => [line.actionId, line]));
  return linesOf(record, 'action-requested')
    .filter(line => line.stepId !== null)
    .map(requested => {
      const id = requested.action.id;
      const action = {
        requested,
        decided: decided.get(id) ?? null,
        started: started.get(id) ?? null,
        finished: finished.get(id) ?? null,
      };
      return { ...action, landed: hasLanded(action) };
    });
}

/** A step that reaches nothing (a look, a submitted build, work on staging) is no effect of the mistake. */
function hasLanded({ started, finished }: Omit<MistakeAction, 'landed'>): boolean {
  if (started === null || started.reaches.length === 0) return false;
  const isProduction =
    started.cells.length > 0 || parseResource(started.resource)?.environment === 'production';
  return isProduction && (finished === null || finished.changed);
}
