/** Name of a run's folder under reports: `weekly-20260310-090000-due`, by the due time in UTC; so it is known before it is made. */
export function folderOf(gameDay: string, dueMs: number): string {
  const stamp = new Date(dueMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${gameDay}-${stamp}-due`;
}

/** The next name for the same due time, when a folder cannot be gone on with: `…-due-2`, `…-due-3`. */
export function nextFolder(folder: string): string {
  const [, stem = folder, number = '1'] = /^(.*-due)(?:-(\d+))?$/.exec(folder) ?? [];
  return `${stem}-${Number(number) + 1}`;
}
