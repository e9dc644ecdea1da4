import type { PersonEvent } from '../journal/events.ts';
import type { ControlPlane } from '../ports/control-plane.ts';
import type { DeclaredDelay } from '../scenario/common-schema.ts';
import { drawDelayMs } from './declared-time.ts';
import type { Knowledge } from './next-idea.ts';
import type { PeopleContext } from './people-context.ts';
import type { RegionView } from './region-view.ts';
import type { Person } from './staff.ts';

/** How an incident came to somebody's attention. */
export interface Notice {
  readonly by: 'operator' | 'alarm' | 'customers';
  /** Who noticed. */
  readonly who: string;
  /** When that which was noticed began, ms. */
  readonly sinceMs: number;
  readonly text: string;
}

/** An incident in one region, with the one person who commands it. */
export interface Incident {
  readonly context: PeopleContext;
  readonly controlPlane: Pick<ControlPlane, 'request' | 'approvalSettled' | 'backups' | 'audit'>;
  readonly knowledge: Knowledge;
  readonly region: string;
  /** `na/0`: the region and the incident's number there; draws are keyed by it. */
  readonly key: string;
  readonly onCall: Person;
  readonly signal: AbortSignal;
  /** A fresh look at the region. */
  readonly look: () => RegionView;
  /** When that which was noticed began, ms. */
  readonly troubleSinceMs: number;
  /** When the changes were made that this incident has taken back, ms. */
  readonly takenBackMs: number[];
  /** How often each kind of wait was spent, for the keys of its draws. */
  readonly spent: Map<string, number>;
  /** The emergency change record of this incident, once it is open. */
  changeRecord: string | null;
}

/** Lets a declared delay pass and journals what came of it. */
export async function spend(
  incident: Incident,
  delay: DeclaredDelay,
  event: { readonly phase: PersonEvent['phase']; readonly text: () => string },
): Promise<void> {
  const sinceMs = incident.context.clock.nowMs();
  await rest(incident, drawn(incident, delay, event.phase));
  report(incident, { phase: event.phase, sinceMs, kind: 'declared', text: event.text() });
}

/** Draws a declared delay of this incident, ms. The n-th wait of a kind is as long in every arm. */
export function drawn(incident: Incident, delay: DeclaredDelay, kind: string): number {
  const nth = incident.spent.get(kind) ?? 0;
  incident.spent.set(kind, nth + 1);
  return drawDelayMs(incident.context.rng.fork('people/responders'), delay, `${incident.key}/${kind}/${nth}`);
}

export function rest(incident: Incident, durationMs: number): Promise<void> {
  return incident.context.clock.sleep(durationMs, incident.signal);
}

export function report(
  incident: Incident,
  event: Pick<PersonEvent, 'phase' | 'sinceMs' | 'kind' | 'text'>,
): void {
  incident.context.journal.write({ type: 'person', who: incident.onCall.id, role: 'on-call', ...event });
}
