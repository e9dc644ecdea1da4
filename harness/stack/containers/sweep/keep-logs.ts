import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../../kernel/errors.ts';
import type { Docker } from '../engine/connect-engine.ts';
import { engineCall, statusOf } from '../engine/engine-error.ts';
import { LOG_OPTIONS, logText } from '../engine/log-text.ts';

/**
 * Writes a container's log to `<evidenceDir>/<its name>.log`, headed by how it ended, and returns the path. Null for a
 * container that is gone. Call it before the container is removed: the log goes with it.
 */
export async function keepLogs(docker: Docker, id: string, evidenceDir: string): Promise<string | null> {
  const kept = await engineCall(`read the log of container ${id.slice(0, 12)}`, async () => {
    try {
      const container = docker.getContainer(id);
      const { Name, Config, State } = await container.inspect();
      const log = logText(await container.logs(LOG_OPTIONS));
      const end = State.Running
        ? 'running when its log was kept'
        : `${State.Status}, code ${State.ExitCode}${State.OOMKilled ? ', out of memory' : ''}`;
      return { name: Name.replace(/^\//, ''), text: `# ${Name.slice(1)}, ${Config.Image}: ${end}\n${log}` };
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
  if (kept === null) return null;
  const path = join(evidenceDir, `${kept.name}.log`);
  try {
    await mkdir(evidenceDir, { recursive: true });
    await writeFile(path, kept.text);
    return path;
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not keep a container's log in ${path}: ${messageOf(error)}`,
      hint: 'Make room or choose another folder for reports with --out.',
      cause: error,
    });
  }
}
