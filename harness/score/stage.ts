import { type ArmRecord, linesOf } from './arm-record.ts';
import { type MistakeAction, mistakeActions } from './mistake.ts';
import type { Moments } from './moments.ts';
import { guardrailRollbacks } from './rollbacks.ts';

/** Where a mistake ended. `unrepaired`: it was noticed, and nobody had undone it when the arm ended. */
export type Stage =
  | 'prevented'
  | 'limited'
  | 'rolled-back'
  | 'repaired-by-people'
  | 'unrepaired'
  | 'undetected';

/** Reads from the guarded arm where its mistake ended; the unguarded arm shows how far it would have got. */
export function stageOf(
  guarded: ArmRecord,
  { unguarded, moments }: { unguarded: ArmRecord; moments: Moments },
): Stage {
  const actions = mistakeActions(guarded);
  const landed = actions.filter(action => action.landed);
  if (landed.length === 0) return 'prevented';
  const repairedAtMs = linesOf(guarded, 'person').find(({ phase }) => phase === 'repaired')?.atMs ?? null;
  const undoneAtMs = guardrailRollbacks(guarded)[0]?.atMs ?? null;
  if (undoneAtMs !== null && (repairedAtMs === null || undoneAtMs <= repairedAtMs)) return 'rolled-back';
  if (actions.some(isHeldInPart) && reachOf(landed).size < reachOf(mistakeActions(unguarded)).size)
    return 'limited';
  if (landed.some(action => action.decided?.decision === 'narrowed') && repairedAtMs === null)
    return 'limited';
  if (repairedAtMs !== null) return 'repaired-by-people';
  return moments.detected === null ? 'undetected' : 'unrepaired';
}

/** A guardrail narrowed the action, or kept it from happening. */
function isHeldInPart({ decided, landed }: MistakeAction): boolean {
  if (decided === null) return false;
  return decided.decision === 'narrowed' || (!landed && decided.by.length > 0);
}

/** Effects on cells: `removes-cell pricing/na`. */
function reachOf(actions: readonly MistakeAction[]): Set<string> {
  const reach = new Set<string>();
  for (const { started, landed } of actions) {
    if (!landed || started === null) continue;
    for (const kind of started.reaches) {
      for (const target of started.cells.length > 0 ? started.cells : [started.resource])
        reach.add(`${kind} ${target}`);
    }
  }
  return reach;
}
