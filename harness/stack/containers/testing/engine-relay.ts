import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/** A relay before the engine, which can go away without disturbing anybody else's work. */
export interface EngineRelay {
  close(): void;
}

/** Listens at `socket` and passes on to the engine's own. */
export async function openEngineRelay(socket: string, engine: string): Promise<EngineRelay> {
  rmSync(socket, { force: true });
  const open = new Set<{ destroy(): void }>();
  const server = createServer(near => {
    const far = connect(engine);
    for (const end of [near, far]) {
      open.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>(resolve => {
    server.listen(socket, resolve);
  });
  return {
    close: () => {
      server.close();
      for (const end of open) end.destroy();
    },
  };
}
