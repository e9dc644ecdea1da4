import type { GuardedAction } from '../../../ports/action.ts';
import { isSeniorEmergency } from './grants.ts';

/** Verbs that prepare a change and leave every cell as it is. */
const PREPARES: ReadonlySet<string> = new Set([
  'plan.dry-run',
  'build.submit',
  'pull-request.open',
  'approval.request',
  'approval.grant',
  'approval.revoke',
  'change-record.open',
  'evidence.run',
]);

/** Verbs that put back what was there before: demanding a canary or a load run of them would prolong an outage. */
const PUTS_BACK: ReadonlySet<string> = new Set([
  'rollout.rollback',
  'config.revert',
  'environment.create',
  'environment.restore',
  'environment.validate',
  'data.repair',
  'instances.restart',
  'cache.warm',
  'backup.take',
]);

/** True when the action would change something in production, access included. */
export function changesProduction(action: GuardedAction): boolean {
  if (action.footprint.readOnly || action.environment !== 'production') return false;
  if (PREPARES.has(action.verb)) return false;
  // A merge that deploys nothing changes a branch.
  return action.verb !== 'pull-request.merge' || action.footprint.cells.length > 0;
}

/**
 * True when the action puts back what was there before. One that destroys something in doing so, such as a restore over
 * live data, counts only as a senior person's documented emergency.
 */
export function putsBack(action: GuardedAction): boolean {
  return PUTS_BACK.has(action.verb) && (!action.footprint.destructive || isSeniorEmergency(action));
}
