import type { RunIdentity } from './labels.ts';

/** Longest run id in a name; the whole id is in the labels. */
const RUN_LENGTH = 28;

/**
 * `brakecheck-20260310-100000-1-4711-guarded-pricing-na-7`: lower case, what engines take. The process is in it, since
 * two runs that begin in the same second have the same id.
 */
export function nameOf({ runId, part, owner }: RunIdentity, role: string, number?: number): string {
  return ['brakecheck', runId.slice(-RUN_LENGTH), String(owner.pid), part, role, String(number ?? '')]
    .map(part =>
      part
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, ''),
    )
    .filter(part => part !== '')
    .join('-');
}
