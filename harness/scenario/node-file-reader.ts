import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileReader } from './file-reader.ts';

/** Files on disk. Relative paths are taken from `baseDir`. */
export function createNodeFileReader(baseDir: string): FileReader {
  const onDisk = (path: string) => (path.startsWith('/') ? path : join(baseDir, path));
  return {
    read: path => readFileSync(onDisk(path)),
    list: path => listFolder(onDisk(path)),
    stat: path => {
      const stats = statSync(onDisk(path), { throwIfNoEntry: false });
      return stats === undefined ? null : { isFile: stats.isFile(), sizeBytes: stats.size };
    },
  };
}

function listFolder(path: string) {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(path, { withFileTypes: true }).map(entry => ({
    name: entry.name,
    isFolder: entry.isDirectory(),
  }));
}
