import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createGuestLoader } from '../guardrails/guests/guest-loader.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import { memorySink } from '../journal/writer.ts';
import { digestOf } from '../kernel/digest.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { type ArmDeps, runArm } from '../run/run-arm.ts';
import { type LoadedBuild, loadBuilds } from '../stack/load-builds.ts';
import { createSeedCache, type SeedCache } from '../stack/sim/seed-cache.ts';
import { prepareGuardrails } from './arm-guardrails.ts';
import { type ArmJob, type ArmMessage, DEFAULT_SAMPLE_MS, STOP_FLAG, type TableMessage } from './arm-job.ts';
import { createHeapKeeper } from './bounded-heap.ts';
import { createJournalFile } from './journal-file.ts';
import { realDeadline } from './real-deadline.ts';
import { createStages } from './stage-factories.ts';
import { seatAtTable } from './table/seat-at-table.ts';
import { createTableLine, type TableLine } from './table/table-line.ts';
import { TOOL } from './tool.ts';

/** A thread that runs arms, one at a time. What one arm has loaded and filled, the next ones find ready. */
const port = parentPort;
if (port !== null) serveArms(port, new Int32Array(workerData as SharedArrayBuffer));

/** What arms of one thread share; nothing of it depends on what an arm did. */
interface Shared {
  readonly stopFlag: Int32Array;
  readonly seeds: SeedCache;
  /** Builds by the folders that they were loaded from. A build that could not be loaded is tried again. */
  readonly builds: Map<string, ReadonlyMap<string, LoadedBuild>>;
  readonly send: (message: ArmMessage) => void;
  readonly table: TableLine;
}

function serveArms(port: MessagePort, stopFlag: Int32Array): void {
  const send = (message: ArmMessage) => port.postMessage(message);
  const table = createTableLine(asked => send({ kind: 'asked', asked }));
  const keepHeapSmall = createHeapKeeper();
  const shared: Shared = { stopFlag, seeds: createSeedCache(), builds: new Map(), send, table };
  port.on('message', (job: ArmJob | TableMessage) => {
    if ('kind' in job) return shared.table.answered(job.reply);
    // What the arm before left is garbage by now.
    keepHeapSmall();
    work(job, shared).catch(error => {
      const isOurs = error instanceof HarnessError;
      send({
        kind: 'broken',
        errorKind: isOurs ? error.kind : 'bug',
        message: messageOf(error),
        hint: isOurs ? error.hint : undefined,
        stack: error instanceof Error ? error.stack : undefined,
      });
    });
  });
}

async function work(job: ArmJob, shared: Shared): Promise<void> {
  const createStage = createStages(job.plan.stack, {
    seeds: shared.seeds,
    sampleMs: job.sampleMs ?? DEFAULT_SAMPLE_MS,
    journalPath: job.journalPath,
    browser: job.browser ?? null,
  });
  const builds = await buildsOf(job.buildFolders, shared);
  const file = job.journalPath === null ? null : createJournalFile(job.journalPath);
  const memory = memorySink();
  const { findings, ...guardrails } = prepareGuardrails({
    use: job.adapters ?? { mode: 'ask' },
    moduleFolder: job.moduleFolder,
    keep: job.keepExchanges === true,
    stress: job.stress,
  });
  const missingAtTable: string[] = [];
  const missing = () => [...findings.missing, ...missingAtTable];
  try {
    const finished = await runArm(job.plan, {
      tool: TOOL,
      sink: file ?? memory,
      createStage,
      builds,
      definitions: builtInGuardrails(),
      createGuests: waitOutside =>
        createGuestLoader({ realDeadline, waitOutside, baseDir: job.moduleFolder }),
      ...guardrails,
      table: seatAtTable(job.table, {
        ...{ line: shared.table, missing: missingAtTable, gateMs: job.plan.gateMs },
      }),
      untilHarmless: job.untilHarmless,
      // A run that has left its record proves nothing any more.
      stopRequested: () => Atomics.load(shared.stopFlag, STOP_FLAG) === 1 || missing().length > 0,
      onProgress: atMs => shared.send({ kind: 'progress', atMs }),
      ...phasesOf(job, shared.send),
    });
    const journal = file === null ? memory.text() : null;
    const digest = file === null ? digestOf(memory.text()) : file.close();
    shared.send({ kind: 'finished', ...finished, ...findings, missing: missing(), digest, journal });
  } catch (error) {
    file?.close();
    throw error;
  }
}

/** Who tells the pool how far the arm is. A simulation comes and goes at once. */
function phasesOf({ plan }: ArmJob, send: Shared['send']): Pick<ArmDeps, 'onSteady' | 'onLeaving'> {
  if (plan.stack === 'sim') return {};
  return { onSteady: () => send({ kind: 'steady' }), onLeaving: () => send({ kind: 'leaving' }) };
}

async function buildsOf(
  folders: readonly string[],
  shared: Shared,
): Promise<ReadonlyMap<string, LoadedBuild>> {
  const key = folders.join('\n');
  const known = shared.builds.get(key);
  if (known !== undefined) return known;
  const builds = await loadBuilds(folders);
  shared.builds.set(key, builds);
  return builds;
}
