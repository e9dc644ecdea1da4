import { stringify } from 'yaml';
import { listed } from '../report/words.ts';
import type { ProfileChange } from './profile-change.ts';

const MOST_LETTERS = 120;

/** One change in a line: `add deletion-protection`, `two-reviewers: tiers from [ 1 ] to [ 1, 2, 3 ]`. */
export function changeWords(change: ProfileChange): string {
  switch (change.kind) {
    case 'add':
      return `add ${change.entry.id}${change.entry.id === change.entry.use ? '' : ` (${change.entry.use})`} at every door`;
    case 'doors':
      return `${change.guardrail}: also at the ${change.more.length === 1 ? 'door' : 'doors'} ${listed(change.more)}`;
    case 'actors':
      return `${change.guardrail}: also for actors of the ${change.more.length === 1 ? 'kind' : 'kinds'} ${listed(change.more)}`;
    case 'fail-closed':
      return `${change.guardrail}: refuse when it fails (onFailure: closed)`;
    case 'option':
      return `${change.guardrail}: ${pathWords(change.path)} from ${inline(change.from)} to ${inline(change.to)}`;
  }
}

/** All changes of a set in a line. */
export function changesWords(changes: readonly ProfileChange[]): string {
  return changes.map(changeWords).join('; and ');
}

/** `requirements.2.tiers`, counted from 1 as people count. */
function pathWords(path: readonly (string | number)[]): string {
  return path.map(part => (typeof part === 'number' ? String(part + 1) : part)).join('.');
}

function inline(value: unknown): string {
  if (value === undefined) return 'its default';
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
}
