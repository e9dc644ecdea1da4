import type { Build, SlotId, SlotInfo, SlotSpec } from '../../ports/stack.ts';
import type { RunningInstance, SlotDatabase } from './platform.ts';

/** A cell's home on a live stack: its database and its instances. */
export interface LiveSlot {
  readonly spec: SlotSpec;
  readonly database: SlotDatabase;
  readonly instances: LiveInstance[];
}

export interface LiveInstance extends RunningInstance {
  readonly id: string;
  readonly slot: SlotSpec;
  readonly build: Build;
  ready: boolean;
}

/** The slots of a live stack and what runs in them. What is asked for and is not there is an error with its name. */
export class LiveSlots {
  private readonly slots = new Map<SlotId, LiveSlot>();

  has(slotId: SlotId): boolean {
    return this.slots.has(slotId);
  }

  find(slotId: SlotId): LiveSlot | undefined {
    return this.slots.get(slotId);
  }

  add(slot: LiveSlot): void {
    this.slots.set(slot.spec.slot, slot);
  }

  slot(slotId: SlotId): LiveSlot {
    const slot = this.slots.get(slotId);
    if (slot === undefined) throw new Error(`there is no environment ${slotId}`);
    return slot;
  }

  /** Takes the slot out; nobody finds it any more. */
  take(slotId: SlotId): LiveSlot {
    const slot = this.slot(slotId);
    this.slots.delete(slotId);
    return slot;
  }

  takeAll(): LiveSlot[] {
    return [...this.slots.keys()].map(slotId => this.take(slotId));
  }

  /** Those of all regions, or of these alone. */
  instances(regions?: readonly string[]): readonly LiveInstance[] {
    return [...this.slots.values()]
      .filter(({ spec }) => regions?.includes(spec.region) ?? true)
      .flatMap(({ instances }) => instances);
  }

  instance(instanceId: string): LiveInstance {
    const instance = this.instances().find(({ id }) => id === instanceId);
    if (instance === undefined) throw new Error(`there is no instance ${instanceId}`);
    return instance;
  }

  infos(weightOf: (instanceId: string) => number): readonly SlotInfo[] {
    return [...this.slots.values()].map(({ spec, instances }) => ({
      ...spec,
      hasDatabase: true,
      instances: instances.map(({ id, build, ready }) => ({
        id,
        slot: spec.slot,
        build: build.id,
        weight: weightOf(id),
        ready,
      })),
    }));
  }
}
