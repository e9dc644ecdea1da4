import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Where Debian puts tools for administrators, which is seldom on an ordinary user's path. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** Full path of a program on the path (or among the system's), or null. */
export function programOn(path: string | undefined, name: string): string | null {
  const folders = [...(path ?? '').split(':').filter(folder => folder !== ''), ...SYSTEM_FOLDERS];
  return folders.map(folder => join(folder, name)).find(isExecutable) ?? null;
}

/** Whether there is a file that this process may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
