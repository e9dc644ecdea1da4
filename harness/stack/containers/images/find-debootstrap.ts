import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../../kernel/errors.ts';
import { programOn } from './program-on.ts';
import { runTool } from './run-tool.ts';

export interface Debootstrap {
  readonly path: string;
  /** What it needs in its environment besides. */
  readonly env: Readonly<Record<string, string>>;
}

interface Request {
  readonly workFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  say(line: string): void;
}

/**
 * The debootstrap of this machine or, where it has none, the one from Debian's archive, unpacked for this run alone and
 * not installed: that takes apt-get and dpkg-deb, which every Debian and Ubuntu has.
 */
export async function findDebootstrap(request: Request): Promise<Debootstrap> {
  const installed = programOn(request.env.PATH, 'debootstrap');
  return installed === null ? fetchDebootstrap(request) : { path: installed, env: {} };
}

async function fetchDebootstrap({ workFolder, env, say }: Request): Promise<Debootstrap> {
  const folder = join(workFolder, 'debootstrap');
  say('debootstrap is not installed: fetching it from the package archive for this once');
  try {
    await mkdir(folder, { recursive: true });
    await runTool('fetch debootstrap', 'apt-get', ['download', 'debootstrap'], env, folder);
    const [file] = (await readdir(folder)).filter(name => name.endsWith('.deb'));
    await runTool('unpack debootstrap', 'dpkg-deb', ['-x', file ?? '', folder], env, folder);
    return {
      path: join(folder, 'usr/sbin/debootstrap'),
      env: { DEBOOTSTRAP_DIR: join(folder, 'usr/share/debootstrap') },
    };
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not make a Debian base: debootstrap is not installed and could not be fetched (${messageOf(error)})`,
      hint: 'Debian or Ubuntu: sudo apt-get install debootstrap debian-archive-keyring. Elsewhere: give the engine access to a registry, and use --base registry.',
      cause: error,
    });
  }
}
