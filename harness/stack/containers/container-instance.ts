import type { Clock } from '../../kernel/clock.ts';
import type { InstanceControl } from '../live/controls.ts';
import type { RunningInstance } from '../live/platform.ts';
import { remoteInstance } from '../live/remote-control.ts';
import { sendRequest } from '../live/send-request.ts';
import type { ContainerEngine } from './engine/container-engine.ts';
import { PORT } from './inside/settings.ts';
import type { RegionGate } from './region-gate.ts';

export interface ContainerInstanceDeps {
  readonly engine: ContainerEngine;
  readonly gate: RegionGate;
  readonly real: Clock;
  readonly containerId: string;
  /** Its address on its own network. */
  readonly address: string;
  readonly service: string;
  /** Told when the container is gone. */
  readonly onGone: () => void;
}

/** Longest wait for an order to be carried out; warming has a bound of its own in the instance. */
const ORDER_LIMIT_MS = 15_000;
const WARM_LIMIT_MS = 70_000;

/** A service instance in a container, steered through its region's gate. */
export function containerInstance(deps: ContainerInstanceDeps): RunningInstance {
  const { gate, real, address, service } = deps;
  const url = `http://${address}:${PORT.service}`;
  const remote = (limitMs: number): InstanceControl =>
    remoteInstance({
      url: `http://${address}:${PORT.admin}`,
      token: gate.token,
      agent: gate.agent,
      real,
      limitMs,
    });
  const quick = remote(ORDER_LIMIT_MS);
  return {
    url,
    control: {
      route: table => unlessDead(deps, undefined, () => quick.route(table)),
      setWorldTime: nowMs => unlessDead(deps, undefined, () => quick.setWorldTime(nowMs)),
      drain: () => unlessDead(deps, [], () => quick.drain()),
      warm: () => remote(WARM_LIMIT_MS).warm(),
      stop: graceMs => stop(deps, graceMs, quick),
    },
    call: request => sendRequest(request, { url, host: service, agent: gate.agent }),
  };
}

/** With no grace it is killed, as a machine that is taken away. Its log is kept, and what is left of it removed. */
async function stop(
  { engine, containerId, onGone }: ContainerInstanceDeps,
  graceMs: number,
  control: InstanceControl,
): Promise<void> {
  try {
    // Whether it ends politely or not, it is removed.
    if (graceMs > 0) await control.stop(graceMs).catch(() => undefined);
  } finally {
    onGone();
    await engine.remove(containerId);
  }
}

/** A program that has ended by itself takes no orders: the company finds out as any company does, by what fails. */
async function unlessDead<T>(
  { engine, containerId }: ContainerInstanceDeps,
  ifDead: T,
  order: () => Promise<T>,
): Promise<T> {
  try {
    return await order();
  } catch (error) {
    const state = await engine.stateOf(containerId);
    if (state?.isRunning === true) throw error;
    return ifDead;
  }
}
