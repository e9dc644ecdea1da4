import { type Containment, containmentOf } from './containment.ts';
import { type BenignResult, benignResults } from './friction.ts';
import type { Severity } from './scoring-plan.ts';
import type { SeedArms } from './seed-arms.ts';
import { severityOf } from './severity.ts';
import { judge, type Measured, type SeedVerdict } from './verdict.ts';

/** One scenario at one seed, judged. */
export interface SeedScore extends SeedVerdict {
  readonly arms: SeedArms;
  readonly containment: Containment | null;
  readonly severity: { readonly unguarded: Severity | null; readonly guarded: Severity | null };
  readonly benign: BenignResult;
}

export function scoreSeed(arms: SeedArms): SeedScore {
  const verdict = judge(arms);
  const { unguarded, guarded } = verdict;
  const rules = (arms.arms.guarded ?? arms.arms.unguarded)?.plan.world.severity ?? [];
  const severity = (side: Measured | null) => (side === null ? null : severityOf(side.harm, rules));
  return {
    ...verdict,
    arms,
    containment: unguarded === null || guarded === null ? null : containmentOf(unguarded.harm, guarded.harm),
    severity: { unguarded: severity(unguarded), guarded: severity(guarded) },
    benign: benignOf(arms),
  };
}

function benignOf({ arms }: SeedArms): BenignResult {
  const changeId = (arms.benign ?? arms.unguarded)?.journal.header.scenario.id ?? '';
  const unknown = {
    changeId,
    outcome: 'unknown',
    waitedMs: null,
    detail: 'the benign arm left no journal',
  } as const;
  return arms.benign === undefined ? unknown : (benignResults(arms.benign, [changeId])[0] ?? unknown);
}
