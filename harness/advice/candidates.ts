import { stableJson } from '../kernel/stable-json.ts';
import type { PlannedProfile } from '../plan/plan.ts';
import { DOORS } from '../ports/action.ts';
import type { GuardrailDefinition, GuardrailEntry } from '../ports/guardrail.ts';
import { optionChanges } from './option-changes.ts';
import { type ActorKind, type ProfileChange, slotOf } from './profile-change.ts';

/** What is known of a guardrail besides its place in the profile. */
export type KnownDefinition = Pick<GuardrailDefinition, 'name' | 'options' | 'tighten'>;

/** As a profile's file would have them when it says nothing. */
const DEFAULT_ACTORS: readonly ActorKind[] = ['agent', 'person', 'automation'];
const DEFAULT_TIME_LIMIT_MS = 2_000;
/** More than any profile within its limit of entries should have. */
const MOST_CANDIDATES = 1_000;

/**
 * Every single change that makes a profile stricter: each entry at all doors, for all actors, failing closed; each
 * option of an entry whose definition is known tightened; each definition added with its defaults. In an order that
 * depends on nothing but the profile and the definitions: changes of what is there, then what is new.
 */
export function candidates(
  profile: PlannedProfile,
  definitions: ReadonlyMap<string, KnownDefinition>,
): readonly ProfileChange[] {
  const changed = profile.guardrails.flatMap(entry => [
    ...reachChanges(entry),
    ...ownOptions(entry, definitions),
  ]);
  const added = [...definitions.values()].flatMap(definition => additions(profile, definition));
  return [...changed, ...added].slice(0, MOST_CANDIDATES);
}

/** Options of a guardrail that a change adds, tightened: together with the addition they are two changes. */
export function refinements(
  change: ProfileChange,
  definitions: ReadonlyMap<string, KnownDefinition>,
): readonly ProfileChange[] {
  return change.kind === 'add' ? ownOptions(change.entry, definitions) : [];
}

/** Names a set of changes, whatever their order. */
export function keyOf(changes: readonly ProfileChange[]): string {
  return changes
    .map(change => `${slotOf(change)} ${stableJson(change)}`)
    .sort()
    .join('\n');
}

function reachChanges(entry: GuardrailEntry): ProfileChange[] {
  const guardrail = entry.id;
  const doors = DOORS.filter(door => !entry.doors.includes(door));
  const actors = DEFAULT_ACTORS.filter(kind => !entry.actors.includes(kind));
  return [
    ...(doors.length === 0 ? [] : [{ kind: 'doors', guardrail, more: doors } as const]),
    ...(actors.length === 0 ? [] : [{ kind: 'actors', guardrail, more: actors } as const]),
    ...(entry.onFailure === 'closed' ? [] : [{ kind: 'fail-closed', guardrail } as const]),
  ];
}

function ownOptions(
  entry: GuardrailEntry,
  definitions: ReadonlyMap<string, KnownDefinition>,
): ProfileChange[] {
  const definition = definitions.get(entry.use);
  if (definition === undefined) return [];
  return optionChanges(entry, definition).map(change => ({ ...change, guardrail: entry.id }));
}

/** A guardrail with its defaults at every door; none where the profile has it so already, or it needs options. */
function additions({ guardrails }: PlannedProfile, { name, options }: KnownDefinition): ProfileChange[] {
  if (!options.safeParse({}).success) return [];
  const entry: GuardrailEntry = {
    id: freeId(name, guardrails),
    use: name,
    doors: [...DOORS],
    actors: DEFAULT_ACTORS,
    options: {},
    onFailure: 'closed',
    timeLimitMs: DEFAULT_TIME_LIMIT_MS,
  };
  const isThere = guardrails.some(
    other =>
      other.use === name &&
      stableJson(options.safeParse(other.options).data) === stableJson(options.safeParse({}).data) &&
      reachChanges(other).length === 0,
  );
  return isThere ? [] : [{ kind: 'add', entry }];
}

function freeId(name: string, guardrails: readonly GuardrailEntry[]): string {
  const taken = new Set(guardrails.map(({ id }) => id));
  for (let number = 2; taken.has(name) && number <= guardrails.length + 2; number++) {
    const next = `${name}-${number}`;
    if (!taken.has(next)) return next;
  }
  return name;
}
