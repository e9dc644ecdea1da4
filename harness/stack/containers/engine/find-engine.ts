import { join } from 'node:path';

/** Where an engine is looked for, in this order; the same places as testcontainers looks at. */
export interface EngineAddress {
  /** `/var/run/docker.sock`, or the value of DOCKER_HOST. */
  readonly where: string;
  /** Null for an engine that is reached over a network. */
  readonly socket: string | null;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly userId: number | null;
  exists(path: string): boolean;
}

/** The first address at which an engine may be; null when there is neither a setting nor a socket. */
export function findEngine({ env, home, userId, exists }: Surroundings): EngineAddress | null {
  const set = env.DOCKER_HOST;
  if (set !== undefined && set !== '') {
    return { where: set, socket: set.startsWith('unix://') ? set.slice('unix://'.length) : null };
  }
  const sockets = [
    '/var/run/docker.sock',
    ...(env.XDG_RUNTIME_DIR === undefined ? [] : [join(env.XDG_RUNTIME_DIR, 'docker.sock')]),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    ...(userId === null ? [] : [`/run/user/${userId}/docker.sock`]),
  ];
  const socket = sockets.find(exists);
  return socket === undefined ? null : { where: socket, socket };
}
