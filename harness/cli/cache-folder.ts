import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where things are kept that can always be made again: `$XDG_CACHE_HOME/brakecheck`, `~/.cache/brakecheck`. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const base = env.XDG_CACHE_HOME;
  // The base directory specification asks to pass over a path that is not absolute.
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'brakecheck');
}
