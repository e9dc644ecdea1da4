import type { GateEvent, SnapshotEvent } from '../journal/events.ts';
import type { JourneyExperience } from '../ports/experience.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { StartedStack } from '../ports/stack.ts';
import { Inventory } from './inventory.ts';
import { Ledger, type LedgerRules } from './ledger.ts';
import { SteadyState } from './steady-state.ts';
import { WindowRecorder } from './window-recorder.ts';

/** Units of compute that count: what `compute.launch` has taken and not given back. */
export type ComputeMeter = () => number;

/** The independent observer: what shoppers lived through, what the ledger says, what is still there. The only source of harm. */
export class Oracle {
  private readonly context: RunContext;
  private readonly stack: StartedStack;
  private readonly ledger: Ledger;
  private readonly inventory: Inventory;
  private readonly steadyState: SteadyState;
  private readonly windows: WindowRecorder;
  private readonly meters: { readonly backups: () => number; readonly compute: ComputeMeter };

  constructor(deps: {
    context: RunContext;
    stack: StartedStack;
    rules: LedgerRules;
    meters: { readonly backups: () => number; readonly compute: ComputeMeter };
  }) {
    this.context = deps.context;
    this.stack = deps.stack;
    this.meters = deps.meters;
    this.ledger = new Ledger(deps.rules);
    this.inventory = new Inventory(deps.stack, deps.context.world);
    this.steadyState = new SteadyState(deps.context.world);
    this.windows = new WindowRecorder(deps.context);
  }

  /** Hears of a journey as it ends. */
  readonly hear = (journey: JourneyExperience): void => {
    this.windows.record(journey, this.ledger.book(journey));
    this.steadyState.record(journey);
  };

  /** Hears of an order that was really placed, whenever its shopper's time comes. */
  readonly confirm = (region: string, orderId: string): void => {
    this.ledger.confirm(region, orderId);
  };

  /** Judges steady state since `fromMs`, and stops keeping what it needed for that. */
  judgeSteadyState(fromMs: number): Omit<GateEvent, 'type'> {
    const nowMs = this.context.clock.nowMs();
    const verdict = this.steadyState.judge(fromMs, nowMs);
    this.steadyState.close();
    return verdict;
  }

  async snapshot(reason: SnapshotEvent['reason']): Promise<void> {
    if (reason === 'before') await this.inventory.remember();
    const cells = await this.inventory.take();
    const { confirmed, known } = await this.countOrders();
    this.context.journal.write({
      type: 'snapshot',
      reason,
      cells,
      backups: this.meters.backups(),
      confirmedOrders: confirmed,
      knownOrders: known,
      computeUnits: this.meters.compute(),
    });
  }

  /** Writes the last, shorter window. */
  finish(): void {
    this.windows.flush();
  }

  private async countOrders(): Promise<{ confirmed: number; known: number }> {
    let confirmed = 0;
    let known = 0;
    for (const [region, ids] of this.ledger.orderIdsByRegion) {
      confirmed += ids.length;
      const rows = await this.stack
        .observe(`production:checkout/${region}`, 'select id from orders')
        .catch(() => null);
      const present = new Set(rows?.map(row => String(row.id)));
      known += ids.filter(id => present.has(id)).length;
    }
    return { confirmed, known };
  }
}
