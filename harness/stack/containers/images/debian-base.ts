import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../../kernel/digest.ts';
import { HarnessError } from '../../../kernel/errors.ts';
import type { Docker } from '../engine/connect-engine.ts';
import { engineCall } from '../engine/engine-error.ts';
import { LABEL, REPOSITORY } from '../engine/labels.ts';
import { DEBIAN_RECIPE } from './debian-recipe.ts';
import { findDebootstrap } from './find-debootstrap.ts';
import { followStream } from './follow-stream.ts';
import { runTool } from './run-tool.ts';

export interface DebianBaseDeps {
  readonly docker: Docker;
  /** A folder that is this run's alone; the caller removes it. */
  readonly workFolder: string;
  /** The environment of the tools: the path and proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userId: number | null;
  /** Tells people what takes so long. */
  say(line: string): void;
}

/** `brakecheck/base:<digest of the recipe>`. */
export function debianBaseTag(): string {
  return `${REPOSITORY}/base:${digestOf(JSON.stringify(DEBIAN_RECIPE)).slice(7, 19)}`;
}

/** Makes a small Debian from its package archive and imports it into the engine as `debianBaseTag()`. Takes about half a minute. */
export async function makeDebianBase(deps: DebianBaseDeps): Promise<void> {
  if (deps.userId !== 0) {
    throw new HarnessError('environment', {
      message:
        'could not make a Debian base: debootstrap needs root, and no registry can be reached for a public one',
      hint: 'Run it once as root: sudo -E npx brakecheck images',
    });
  }
  const tool = await findDebootstrap(deps);
  const root = await mkdtemp(join(deps.workFolder, 'debian-'));
  const { suite, archive, variant } = DEBIAN_RECIPE;
  deps.say(`making a Debian base from ${archive} (about half a minute)`);
  await runTool(
    'make a Debian base',
    tool.path,
    [`--variant=${variant}`, '--force-check-gpg', suite, root, archive],
    {
      ...deps.env,
      ...tool.env,
    },
  );
  await slim(root);
  await importFolder(root, deps);
}

async function slim(root: string): Promise<void> {
  for (const path of DEBIAN_RECIPE.remove) await rm(join(root, path), { recursive: true, force: true });
  await mkdir(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
  await mkdir(join(root, 'var/cache/apt/archives/partial'), { recursive: true });
  const docs = join(root, 'usr/share/doc');
  for (const name of await readdir(docs)) {
    for (const file of await readdir(join(docs, name)).catch(() => [])) {
      if (file !== 'copyright') await rm(join(docs, name, file), { recursive: true, force: true });
    }
  }
  await writeFile(join(root, 'etc/dpkg/dpkg.cfg.d/brakecheck'), DEBIAN_RECIPE.dpkgConfig);
}

async function importFolder(root: string, { docker, env }: DebianBaseDeps): Promise<void> {
  const excludes = ['./dev/*', './proc/*', './sys/*'].map(path => `--exclude=${path}`);
  const tar = spawn('tar', ['-C', root, '--numeric-owner', ...excludes, '-c', '.'], {
    env: { ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [repo, tag] = debianBaseTag().split(':');
  await engineCall('import the Debian base', async () => {
    const changes = [`LABEL ${LABEL.project}=1 ${LABEL.image}=base`];
    await followStream(docker, await docker.importImage(tar.stdout, { repo, tag, changes }));
  });
}
