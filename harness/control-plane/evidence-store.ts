import type { EvidenceFact } from '../ports/action.ts';

type EvidenceKind = Exclude<EvidenceFact['kind'], 'unknown'>;

/** What is left of something that really ran. */
interface Artefact {
  readonly id: string;
  readonly kind: EvidenceKind;
  /** Digest of the build that was run, or of the plan that was tried. */
  readonly subject: string;
  readonly passed: boolean;
  readonly recordedAtMs: number;
  readonly detail: string;
}

/** The company's shelf of artefacts. Only the control plane puts something on it. */
export interface EvidenceStore {
  record(artefact: Omit<Artefact, 'id' | 'recordedAtMs'>): Artefact;
  /** Looks claimed ids up. `subjects` are the digests that evidence for this action may be of. */
  resolve(ids: readonly string[], subjects: ReadonlySet<string>): readonly EvidenceFact[];
}

export interface EvidenceStoreDeps {
  readonly nowMs: () => number;
  readonly newId: (prefix: string) => string;
  readonly staleAfterMs: number;
}

export function createEvidenceStore({ nowMs, newId, staleAfterMs }: EvidenceStoreDeps): EvidenceStore {
  const shelf = new Map<string, Artefact>();
  return {
    record: fields => {
      const artefact = { ...fields, id: newId('artefact'), recordedAtMs: nowMs() };
      shelf.set(artefact.id, artefact);
      return artefact;
    },
    resolve: (ids, subjects) =>
      ids.map(id => {
        const artefact = shelf.get(id);
        if (artefact === undefined) return forged(id);
        const { kind, subject, passed, recordedAtMs } = artefact;
        const isStale = !subjects.has(subject) || nowMs() - recordedAtMs > staleAfterMs;
        return { id, kind, state: isStale ? 'stale' : 'genuine', passed, subject, recordedAtMs };
      }),
  };
}

function forged(id: string): EvidenceFact {
  return { id, kind: 'unknown', state: 'forged', passed: false, subject: '', recordedAtMs: 0 };
}
