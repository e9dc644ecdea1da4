import type { SlotId } from '../../ports/stack.ts';

/** Why a roll-out ends early: somebody ordered it back. */
export class RolloutInterrupted extends Error {
  readonly by: string;

  constructor(by: string, reason: string) {
    super(reason);
    this.name = 'RolloutInterrupted';
    this.by = by;
  }
}

/** Why a bake ends early: somebody takes the build for good. */
export class RolloutPromoted extends Error {
  constructor() {
    super('promoted');
    this.name = 'RolloutPromoted';
  }
}

/** A roll-out under way. */
export interface ActiveRollout {
  readonly id: string;
  readonly build: string;
  readonly slots: ReadonlySet<SlotId>;
  /** `rollout` for the pipeline's, `push` for a configuration push that goes by waves. */
  readonly kind: 'rollout' | 'push';
  /** Slots that are through. */
  readonly finished: Set<SlotId>;
  /** Aborts when the roll-out shall go back. */
  readonly interruption: AbortSignal;
  /** Aborts when the build is taken for good: no bake is waited for any more. */
  readonly promotion: AbortSignal;
  /** Resolves when it has ended, either way. */
  readonly ended: Promise<void>;
}

/** The roll-outs under way, and the two ways to interfere with them. */
export interface ActiveRollouts {
  begin(rollout: Pick<ActiveRollout, 'id' | 'build' | 'slots' | 'kind'>): {
    readonly rollout: ActiveRollout;
    readonly end: () => void;
  };
  on(slots: readonly SlotId[]): readonly ActiveRollout[];
  interrupt(rolloutId: string, reason: RolloutInterrupted): void;
  promote(rolloutId: string): void;
}

interface Entry {
  readonly rollout: ActiveRollout;
  readonly interruption: AbortController;
  readonly promotion: AbortController;
}

export function createActiveRollouts(): ActiveRollouts {
  const active = new Map<string, Entry>();
  return {
    begin: fields => {
      const ended = Promise.withResolvers<void>();
      const interruption = new AbortController();
      const promotion = new AbortController();
      const rollout: ActiveRollout = {
        ...fields,
        finished: new Set(),
        interruption: interruption.signal,
        promotion: promotion.signal,
        ended: ended.promise,
      };
      active.set(rollout.id, { rollout, interruption, promotion });
      const end = (): void => {
        active.delete(rollout.id);
        ended.resolve();
      };
      return { rollout, end };
    },
    on: slots =>
      [...active.values()]
        .map(({ rollout }) => rollout)
        .filter(({ slots: own }) => slots.some(slot => own.has(slot))),
    interrupt: (rolloutId, reason) => active.get(rolloutId)?.interruption.abort(reason),
    promote: rolloutId => active.get(rolloutId)?.promotion.abort(new RolloutPromoted()),
  };
}
