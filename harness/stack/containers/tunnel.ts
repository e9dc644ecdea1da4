import { Agent, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../kernel/clock.ts';

/** A region's gate, as the harness reaches it (`inside/gate.ts`). */
export interface Gate {
  /** Where it is published on 127.0.0.1. */
  readonly port: number;
  readonly token: string;
  /** Real time. */
  readonly real: Clock;
}

/** Longest wait for a tunnel. */
const OPEN_LIMIT_MS = 10_000;

/** Unused connections are given up long before servers close them (`serve-http.ts`). */
const UNUSED_MS = 10_000;

/** Opens a tunnel through the gate to an address of the region's networks. Rejects when nothing answers there. */
export function openTunnel(gate: Gate, host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const target = `${host}:${port}`;
    const fail = (because: string): void =>
      reject(new Error(`could not reach ${target} through the region's gate: ${because}`));
    const asking = request({
      host: '127.0.0.1',
      port: gate.port,
      method: 'CONNECT',
      path: target,
      headers: { 'proxy-authorization': `Bearer ${gate.token}` },
      agent: false,
    });
    const cancel = gate.real.at(gate.real.nowMs() + OPEN_LIMIT_MS, () =>
      asking.destroy(new Error(`no answer within ${OPEN_LIMIT_MS / 1_000} s`)),
    );
    asking.on('error', error => {
      cancel();
      fail(error.message);
    });
    asking.on('connect', ({ statusCode, statusMessage }, socket) => {
      cancel();
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      fail(`${statusCode} ${statusMessage}`);
    });
    asking.end();
  });
}

/** HTTP connections through a gate, kept open between requests. `destroy()` ends them. */
export function tunnelAgent(gate: Gate): Agent {
  return new TunnelAgent(gate);
}

class TunnelAgent extends Agent {
  private readonly gate: Gate;

  constructor(gate: Gate) {
    super({ keepAlive: true, timeout: UNUSED_MS });
    this.gate = gate;
  }

  override createConnection(
    { host, port }: { readonly host?: string | null; readonly port?: string | number | null },
    opened?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    openTunnel(this.gate, host ?? '', Number(port)).then(
      socket => opened?.(null, socket),
      (error: Error) => opened?.(error, undefined as unknown as Duplex),
    );
  }
}
