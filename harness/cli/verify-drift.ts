import type { Drift } from '../guardrails/adapters/replay/drift.ts';
import type { Output } from './output.ts';
import type { Finding } from './verify-journal.ts';

/** Most drifts told one by one; the rest are counted. */
const MOST_TOLD = 50;

/** Tells what the user's services answer otherwise now, apart from whether the harness still tells the same story. */
export function printDrift(findings: readonly Finding[], output: Output): void {
  const all = findings.flatMap(({ file, drifts }) => drifts.map(drift => ({ file, drift })));
  for (const { file, drift } of all.slice(0, MOST_TOLD)) {
    const label = drift.differs === 'ruling' ? 'DRIFT' : 'reworded';
    output.machine(
      `${label.padEnd(9)}  ${file}: ${drift.guardrail} on ${drift.about} ${drift.subject}: ${change(drift)}\n`,
    );
  }
  if (all.length > MOST_TOLD) output.machine(`           … and ${all.length - MOST_TOLD} more\n`);
  const asked = findings.reduce((sum, { replayed }) => sum + replayed, 0);
  const ruled = all.filter(({ drift }) => drift.differs === 'ruling').length;
  output.machine(
    `fresh: ${asked} answers asked again, ${ruled} rule otherwise now, ${all.length - ruled} say the same in other words\n`,
  );
}

function change({ recorded, fresh }: Drift): string {
  return `recorded ${recorded.effect} (${recorded.reason}), now ${fresh.effect} (${fresh.reason})`;
}
