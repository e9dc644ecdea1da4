import { afterAll } from 'vitest';
import { connectEngine } from '../engine/connect-engine.ts';
import type { RunIdentity } from '../engine/labels.ts';
import { sweep } from '../sweep/sweep.ts';
import { sweepDeps } from './test-engine.ts';

/** Call it at the top of a test file that uses an engine. */
export function sweepAfterwards(run: RunIdentity): void {
  afterAll(async () => {
    const docker = await connectEngine(process.env.DOCKER_HOST).then(
      client => client.container.dockerode,
      () => null,
    );
    if (docker === null) return;
    const { failed } = await sweep({ of: 'run', ...run }, sweepDeps(docker));
    if (failed.length > 0) throw new Error(`left behind: ${JSON.stringify(failed)}`);
  });
}
