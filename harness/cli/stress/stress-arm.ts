import type { AdapterDefinition } from '../../guardrails/adapters/adapter.ts';
import { type AdapterSeatDeps, createAdapterSeat } from '../../guardrails/adapters/adapter-seat.ts';
import type { AdapterLoader, WrapSeat } from '../../guardrails/create-chain.ts';
import { createFaultySeat } from '../../guardrails/stress/faulty-seat.ts';
import { faultPlace } from '../../guardrails/stress/stress-fault.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import type { ArmStress } from '../arm-job.ts';
import { createFaultyOutside, withoutPolicy } from './faulty-outside.ts';

type Definitions = ReadonlyMap<string, AdapterDefinition>;

/** Seats as `loader` does, but the guardrail under stress over an outside that fails. Closes both. */
export function stressedLoader(
  loader: AdapterLoader,
  { guardrail, fault }: ArmStress,
  deps: AdapterSeatDeps & { readonly definitions: Definitions },
): AdapterLoader {
  const closers: (() => Promise<void>)[] = [];
  const faultyOutside = async (entry: GuardrailEntry, definition: AdapterDefinition) => {
    switch (faultPlace(fault, definition.home)) {
      case 'wire':
      case 'program': {
        const { outside, close } = await createFaultyOutside(fault, deps.outside);
        closers.push(close);
        return outside;
      }
      case 'files':
        return withoutPolicy(fault, deps.outside, entry.options.map);
      case 'seat':
        return deps.outside;
    }
  };
  return {
    names: loader.names,
    load: async entry => {
      const definition = deps.definitions.get(entry.use);
      if (entry.id !== guardrail || definition === undefined) return loader.load(entry);
      return createAdapterSeat(definition, entry, {
        ...deps,
        outside: await faultyOutside(entry, definition),
      });
    },
    close: async () => {
      await Promise.all(closers.map(close => close()));
      await loader.close();
    },
  };
}

/** Puts the fault between the host and the guardrail under stress where there is no other place for it. */
export function stressedSeats({ guardrail, fault }: ArmStress, definitions: Definitions): WrapSeat {
  return (entry, seat) => {
    if (entry.id !== guardrail) return seat;
    const place = faultPlace(fault, definitions.get(entry.use)?.home ?? null);
    return place === 'seat' ? createFaultySeat(seat, fault, entry.timeLimitMs) : seat;
  };
}
