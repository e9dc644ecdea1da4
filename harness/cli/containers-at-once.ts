import { availableParallelism, totalmem } from 'node:os';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import type { ArmsAtOnce } from './arm-pool.ts';

/** What an engine has for containers. */
export interface EngineSize {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** Cores that are busy while a company of fifty containers comes up and its steady state is looked for. */
const CORES_PER_START = 2;
/** One starts while another one is lived through. */
const LIVING_PER_START = 2;
/** What a company takes: fifty containers of 35 MB each (`npm run bench`). */
const COMPANY_BYTES = 2e9;
/** The rest of the engine's memory is other people's. */
const SHARE = 0.75;

/** How many companies an engine of that size holds at once beside one that goes, and how many may come up side by side. */
export function containersAtOnce({ cores, memoryBytes }: EngineSize): ArmsAtOnce {
  const most = Math.max(1, Math.floor((memoryBytes * SHARE) / COMPANY_BYTES) - 1);
  const starting = Math.min(most, Math.max(1, Math.floor(cores / CORES_PER_START)));
  return { starting, living: Math.min(most, starting * LIVING_PER_START) };
}

/** The engine's size; the machine's own when the engine cannot be asked, which its arms will tell of. */
export async function engineSize(dockerHost: string | undefined): Promise<EngineSize> {
  try {
    const { NCPU, MemTotal } = (await (await connectEngine(dockerHost)).container.dockerode.info()) as {
      readonly NCPU: number;
      readonly MemTotal: number;
    };
    return { cores: NCPU, memoryBytes: MemTotal };
  } catch {
    return { cores: availableParallelism(), memoryBytes: totalmem() };
  }
}
