import { stringify } from 'yaml';
import { formatDuration } from '../kernel/duration.ts';
import type { PlannedProfile } from '../plan/plan.ts';
import { DOORS } from '../ports/action.ts';
import type { GuardrailEntry } from '../ports/guardrail.ts';
import { API_VERSION } from '../scenario/common-schema.ts';
import { planEntryId } from '../scenario/guardrail-module.ts';

const DEFAULT_ACTORS = 'agent,person,automation';
const DEFAULT_TIME_LIMIT_MS = 2_000;

/** A whole profile as a file's text, with a comment on top. */
export function profileText(profile: PlannedProfile, about: { title: string; comment: string }): string {
  const head = { apiVersion: API_VERSION, kind: 'Profile' };
  const comment = about.comment
    .split('\n')
    .map(line => `# ${line}\n`)
    .join('');
  return `${comment}${stringify({ ...head, metadata: { id: profile.id, title: about.title.slice(0, 200) } })}${guardrailsText(profile)}`;
}

/**
 * What changes in the file's list of guardrails, as a diff: entries that stay are left out, lines that go have `-`, lines
 * that come `+`. Values that are defaults are not written.
 */
export function profileDiff(before: PlannedProfile, after: PlannedProfile): string {
  const lines = after.guardrails.flatMap(entry => {
    const old = before.guardrails.find(({ id }) => id === entry.id);
    const now = entryLines(entry);
    if (old === undefined) return now.map(line => `+${line}`);
    const was = entryLines(old);
    return was.join('\n') === now.join('\n') ? [] : lineDiff(was, now);
  });
  return [' guardrails:', ...lines].map(line => `${line}\n`).join('');
}

function guardrailsText({ guardrails }: PlannedProfile): string {
  if (guardrails.length === 0) return 'guardrails: []\n';
  return ['guardrails:', ...guardrails.flatMap(entryLines)].map(line => `${line}\n`).join('');
}

/** An entry as lines of a file's list, indented. */
function entryLines(entry: GuardrailEntry): string[] {
  const { id, use, doors, actors, options, onFailure, timeLimitMs } = entry;
  const written = {
    ...(id === planEntryId({ use }) ? {} : { id }),
    use,
    ...(DOORS.every(door => doors.includes(door)) ? {} : { doors }),
    ...(actors.join(',') === DEFAULT_ACTORS ? {} : { actors }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(onFailure === 'closed' ? {} : { onFailure }),
    ...(timeLimitMs === DEFAULT_TIME_LIMIT_MS ? {} : { timeLimit: formatDuration(timeLimitMs) }),
  };
  return stringify([written], { lineWidth: 0, aliasDuplicateObjects: false })
    .trimEnd()
    .split('\n')
    .map(line => `  ${line}`);
}

/** Lines that both have in common before and after are kept; an entry is short, and one change stands together. */
function lineDiff(was: readonly string[], now: readonly string[]): string[] {
  const most = Math.min(was.length, now.length);
  let head = 0;
  while (head < most && was[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && was.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return [
    ...was.slice(0, head).map(line => ` ${line}`),
    ...was.slice(head, was.length - tail).map(line => `-${line}`),
    ...now.slice(head, now.length - tail).map(line => `+${line}`),
    ...was.slice(was.length - tail).map(line => ` ${line}`),
  ];
}
