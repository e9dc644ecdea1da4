import type { Actor, Door, Footprint, Params } from '../ports/action.ts';
import type { AuditEntry } from '../ports/control-plane.ts';

/** Who asked for what: the part of an audit entry that stays the same through an action's phases. */
export interface AuditSubject {
  readonly actionId: string;
  readonly actor: Actor;
  readonly door: Door;
  readonly verb: string;
  readonly resource: string;
  readonly params: Params;
  readonly footprint: Footprint | null;
  readonly hasChangeRecord: boolean;
}

/** Records every request, every decision and every effect. */
export interface AuditTrail {
  record(subject: AuditSubject, phase: AuditEntry['phase'], detail: string): void;
  entries(): readonly AuditEntry[];
}

export function createAuditTrail(nowMs: () => number): AuditTrail {
  const entries: AuditEntry[] = [];
  return {
    record: ({ footprint, ...subject }, phase, detail) => {
      entries.push({
        atMs: nowMs(),
        ...subject,
        phase,
        cells: footprint?.cells ?? [],
        readOnly: footprint?.readOnly ?? false,
        destructive: footprint?.destructive ?? false,
        reversible: footprint?.reversible ?? true,
        detail,
      });
    },
    entries: () => entries,
  };
}
