import { constants } from 'node:fs';
import { access, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { type Check, missing, ok, warning } from './check.ts';

/** The version that everything is tested with; see `engines` in package.json. */
const NODE_MAJOR = 24;
/** What the whole containers stack of a world takes at most: 1.5 GB a region, the harness and room to breathe. */
const MEMORY_BYTES = 4e9;
const DISK_BYTES = 2e9;

export function checkNode(version: string, path: string): Check {
  const found = `${version} at ${path}`;
  if (Number(version.split('.')[0]) >= NODE_MAJOR) return ok('node', 'Node.js', found);
  return missing('node', 'Node.js', ['sim', 'local', 'containers'], {
    found,
    consequence: `nothing runs: ${NODE_MAJOR} or newer is needed`,
    remedy: { debian: 'npm ci   # brings the right one; then: npx brakecheck', macos: 'npm ci' },
  });
}

/** Memory that programs could still get: on Linux also what the page cache would give back. */
export function checkMemory(): Check {
  const freeBytes = Math.max(process.availableMemory(), freemem());
  const found = `${gigabytes(freeBytes)} free of ${gigabytes(totalmem())}`;
  if (freeBytes >= MEMORY_BYTES) return ok('memory', 'Memory', found);
  return warning('memory', 'Memory', {
    found,
    consequence: 'the containers stack of several regions may run out of memory; sim needs 300 MB',
    remedy: {
      debian: 'End other programs, or run fewer arms at once.',
      macos: 'Docker Desktop, Settings, Resources: give it 4 GB or more.',
    },
  });
}

/** Room on the disk that holds `folder`, or the nearest folder above it that exists. */
export async function checkDisk(id: string, title: string, folder: string): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(await nearestFolder(folder));
    const found = `${gigabytes(bavail * bsize)} free at ${folder}`;
    if (bavail * bsize >= DISK_BYTES) return ok(id, title, found);
    return warning(id, title, {
      found,
      consequence: 'runs may end early, with journals up to the last whole line',
      remedy: {
        debian: 'npx brakecheck clean --reports --images',
        macos: 'npx brakecheck clean --reports --images',
      },
    });
  } catch (error) {
    return warning(id, title, {
      found: messageOf(error),
      consequence: 'room could not be measured',
      remedy: null,
    });
  }
}

/** Whether a program can listen on a port of this machine's own. */
export async function checkPorts(): Promise<Check> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return ok('ports', 'Loopback ports', 'can be listened on at 127.0.0.1');
  } catch (error) {
    return missing('ports', 'Loopback ports', ['local', 'containers'], {
      found: messageOf(error),
      consequence: 'local and containers cannot be reached; sim needs no ports',
      remedy: {
        debian: 'ip link set lo up   # and allow programs to listen',
        macos: 'Allow node to accept connections in the firewall settings.',
      },
    });
  } finally {
    server.close();
  }
}

export async function checkReports(folder: string): Promise<Check> {
  const place = await nearestFolder(folder);
  try {
    await access(place, constants.W_OK | constants.X_OK);
    const draft = await mkdtemp(join(place, '.brakecheck-doctor-'));
    await rm(draft, { recursive: true });
    return ok('reports', 'Reports', `${folder} can be written`);
  } catch (error) {
    return missing('reports', 'Reports', ['sim', 'local', 'containers'], {
      found: messageOf(error),
      consequence: 'nothing can be kept: no run can start here',
      remedy: {
        debian: `npx brakecheck run … --out ${join(tmpdir(), 'reports')}   # or: chmod u+w ${place}`,
        macos: `npx brakecheck run … --out ${join(tmpdir(), 'reports')}   # or: chmod u+w ${place}`,
      },
    });
  }
}

async function nearestFolder(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  return exists || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
