import { posix } from 'node:path';

/** Whether a profile's `use` is a path to a module rather than a built-in's name. */
export function isModulePath(use: string): boolean {
  return use.startsWith('./') || use.startsWith('../') || use.startsWith('/');
}

/** Where the module is: relative paths are taken from the folder of the profile's file. */
export function modulePath(profileFile: string, use: string): string {
  return use.startsWith('/') ? use : posix.join(posix.dirname(profileFile), use);
}

/** The name of a profile's entry in journal and reports: its id, the built-in's name, or the module's file name. */
export function planEntryId(entry: { readonly id?: string | undefined; readonly use: string }): string {
  if (entry.id !== undefined) return entry.id;
  return isModulePath(entry.use) ? posix.basename(entry.use).replace(/\.[a-z]+$/, '') : entry.use;
}
