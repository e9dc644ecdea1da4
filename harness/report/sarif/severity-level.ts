import type { Severity } from '../../score/scoring-plan.ts';

export type SarifLevel = 'error' | 'warning' | 'note';

/** Sev-1 and Sev-2 are errors, Sev-3 warnings; Sev-4, and harm that reaches no severity, notes. */
export function severityLevel(severity: Severity | null): SarifLevel {
  if (severity === null || severity === 4) return 'note';
  return severity === 3 ? 'warning' : 'error';
}
