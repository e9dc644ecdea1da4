import type { Agent } from 'node:http';
import { type Gate, tunnelAgent } from './tunnel.ts';

/** A region's gate with the connections that the harness keeps through it. */
export interface RegionGate extends Gate {
  readonly agent: Agent;
}

export function regionGate(gate: Gate): RegionGate {
  return { ...gate, agent: tunnelAgent(gate) };
}
