import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import type { StepResult } from '../score/story.ts';
import { safeText } from './safe-text.ts';
import { formatMoment, listed, plural } from './words.ts';

/** How often the mistake was tried with guardrails, who refused, what got through, and what stopped it then. */
export function attemptsSentence({ arms: { guarded }, attribution }: ScenarioScore): string {
  if (guarded === null) return 'This arm left no journal.';
  const { steps } = guarded;
  const [through, others] = [steps.filter(({ landed }) => landed), steps.filter(({ landed }) => !landed)];
  const bare = attribution.length === 0 ? 'The profile has no guardrail. ' : '';
  if (steps.length === 0) return `${bare}No step was tried.`;
  const doors = plural(new Set(steps.map(({ door }) => door)).size, 'door');
  const tries = `${plural(steps.length, 'attempt')} through ${doors}`;
  const refusers = refusalCounts(others);
  if (through.length > 0)
    return `${bare}${tries}; ${gotThrough(through, { others, resource: steps[0]?.resource })}. ${aftermath(guarded)}`;
  const isRefused = others.every(({ decision }) => REFUSED.has(decision));
  return `${bare}${tries}, ${isRefused ? 'all refused' : 'none took effect'}${refusers === '' ? '' : `: ${refusers}`}.`;
}

const REFUSED: ReadonlySet<string> = new Set(['denied', 'no-permission', 'invalid']);

/** `environment.delete (console) got through at 0h40m, after 3 refusals (least-privilege 3)`; the resource where it is another than at first. */
function gotThrough(
  through: readonly StepResult[],
  { others, resource }: { others: readonly StepResult[]; resource: string | undefined },
): string {
  const [first, ...more] = through;
  if (first === undefined) return '';
  const before = others.filter(({ evidence }) => evidence < first.evidence);
  const refusers = refusalCounts(before);
  const after =
    before.length === 0
      ? ''
      : `, after ${plural(before.length, 'refusal')}${refusers === '' ? '' : ` (${refusers})`}`;
  const narrowed =
    first.decision === 'narrowed' ? `, narrowed by ${listed(first.by.map(name => safeText(name, 64)))}` : '';
  const rest = more.length === 0 ? '' : `; so did ${plural(more.length, 'more step')}`;
  const on = first.resource === resource ? '' : ` on ${safeText(first.resource, 100)}`;
  const what = `${safeText(first.verb, 64)}${on} (${safeText(first.door, 64)})`;
  return `${what} got through at ${formatMoment(first.atMs)}${narrowed}${after}${rest}`;
}

function aftermath({ undoing, moments }: ArmScore): string {
  if (undoing !== null) {
    const by = safeText(undoing.by, 64);
    const at = formatMoment(undoing.atMs);
    return undoing.how === 'rolled-back' ? `${by} rolled it back at ${at}.` : `${by} repaired it at ${at}.`;
  }
  return moments.detected === null
    ? 'Nobody noticed, and nothing stopped it before the end.'
    : 'Nothing stopped it before the end.';
}

/** `least-privilege 5, two-person-rule 2`, most first. */
function refusalCounts(steps: readonly StepResult[]): string {
  const counts = new Map<string, number>();
  for (const { by, decision } of steps) {
    const names = by.length === 0 && decision === 'no-permission' ? ["the company's own permissions"] : by;
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${safeText(name, 64)} ${count}`)
    .join(', ');
}
