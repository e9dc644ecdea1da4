import type { Docker } from '../engine/connect-engine.ts';
import { engineText } from '../engine/engine-error.ts';

/** What came of asking for an image's description at its registry. */
export type RegistryAnswer =
  | { readonly isReachable: true }
  | { readonly isReachable: false; readonly because: string };

/**
 * Whether the *engine* can reach the registry of an image within the limit: it is the engine that pulls, with its own
 * proxy and mirrors. Nothing is downloaded. An answer that refuses the image counts as not reachable.
 */
export function askRegistry(docker: Docker, image: string, limitMs: number): Promise<RegistryAnswer> {
  return new Promise(resolve => {
    docker.modem.dial(
      {
        path: `/distribution/${image}/json`,
        method: 'GET',
        statusCodes: { 200: true },
        abortSignal: AbortSignal.timeout(limitMs),
      },
      (error: Error | null) => {
        if (error === null || error === undefined) return resolve({ isReachable: true });
        const isLate = error.name === 'AbortError' || /aborted|timeout/i.test(error.message);
        resolve({
          isReachable: false,
          because: isLate ? `no answer within ${limitMs / 1000} s` : engineText(error).slice(0, 200),
        });
      },
    );
  });
}
