import type { PlannedProfile } from '../plan/plan.ts';
import type { Door } from '../ports/action.ts';
import type { GuardrailEntry } from '../ports/guardrail.ts';

export type ActorKind = GuardrailEntry['actors'][number];

/** One change of a profile: the unit in which advice is given. */
export type ProfileChange =
  | { readonly kind: 'add'; readonly entry: GuardrailEntry }
  | OptionChange
  | { readonly kind: 'doors'; readonly guardrail: string; readonly more: readonly Door[] }
  | { readonly kind: 'actors'; readonly guardrail: string; readonly more: readonly ActorKind[] }
  | { readonly kind: 'fail-closed'; readonly guardrail: string };

/** Values are as a file writes them: `30m`, `5%`. */
export interface OptionChange {
  readonly kind: 'option';
  readonly guardrail: string;
  /** The option's name; for a field of a list's entry also its place and name. */
  readonly path: readonly [string, ...(string | number)[]];
  /** In force before, a default included. */
  readonly from: unknown;
  readonly to: unknown;
  /** The whole option before: where it was left to its default, a change within it needs it written out. */
  readonly whole: unknown;
}

/** The profile with the changes made, in their order. A change of a guardrail that is not there does nothing. */
export function applyChanges(profile: PlannedProfile, changes: readonly ProfileChange[]): PlannedProfile {
  return { ...profile, guardrails: changes.reduce(applyChange, profile.guardrails) };
}

/** The guardrail that a change is about. */
export function guardrailOf(change: ProfileChange): string {
  return change.kind === 'add' ? change.entry.id : change.guardrail;
}

/** What a change sets: of two changes with the same slot, the later one wins. */
export function slotOf(change: ProfileChange): string {
  const what = change.kind === 'option' ? `option ${JSON.stringify(change.path)}` : change.kind;
  return `${guardrailOf(change)} ${what}`;
}

/** Whether two changes can be made together: neither undoes the other. */
export function areCompatible(a: ProfileChange, b: ProfileChange): boolean {
  if (slotOf(a) === slotOf(b)) return false;
  if (a.kind !== 'option' || b.kind !== 'option' || a.guardrail !== b.guardrail) return true;
  const [shorter, longer] = a.path.length < b.path.length ? [a.path, b.path] : [b.path, a.path];
  return shorter.some((part, index) => part !== longer[index]);
}

/** Those that can be made together; of two that cannot, the first stays. */
export function compatible(changes: readonly ProfileChange[]): readonly ProfileChange[] {
  const kept: ProfileChange[] = [];
  for (const change of changes) if (kept.every(other => areCompatible(other, change))) kept.push(change);
  return kept;
}

function applyChange(entries: readonly GuardrailEntry[], change: ProfileChange): readonly GuardrailEntry[] {
  if (change.kind === 'add') return [...entries, change.entry];
  return entries.map(entry => (entry.id === change.guardrail ? changed(entry, change) : entry));
}

function changed(entry: GuardrailEntry, change: Exclude<ProfileChange, { kind: 'add' }>): GuardrailEntry {
  switch (change.kind) {
    case 'doors':
      return { ...entry, doors: [...entry.doors, ...change.more] };
    case 'actors':
      return { ...entry, actors: [...entry.actors, ...change.more] };
    case 'fail-closed':
      return { ...entry, onFailure: 'closed' };
    case 'option': {
      const [name, ...within] = change.path;
      const before = Object.hasOwn(entry.options, name) ? entry.options[name] : change.whole;
      return { ...entry, options: { ...entry.options, [name]: withValue(before, within, change.to) } };
    }
  }
}

function withValue(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return to;
  if (Array.isArray(value))
    return value.map((item, index) => (index === part ? withValue(item, rest, to) : item));
  const fields: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  return { ...fields, [part]: withValue(fields[String(part)], rest, to) };
}
