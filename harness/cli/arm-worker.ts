import { parentPort, workerData } from 'node:worker_threads';
import { createGuestLoader } from '../guardrails/guests/guest-loader.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import { memorySink } from '../journal/writer.ts';
import { digestOf } from '../kernel/digest.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { runArm } from '../run/run-arm.ts';
import { createSimStage } from '../run/sim-stage.ts';
import { loadBuilds } from '../stack/load-builds.ts';
import { type ArmJob, type ArmMessage, STOP_FLAG } from './arm-job.ts';
import { createJournalFile } from './journal-file.ts';
import { realDeadline } from './real-deadline.ts';
import { TOOL } from './tool.ts';

/** A thread that runs arms, one at a time. */
const port = parentPort;
const stopFlag = new Int32Array(workerData as SharedArrayBuffer);

port?.on('message', (job: ArmJob) => {
  work(job).catch(error => {
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

async function work(job: ArmJob): Promise<void> {
  const builds = await loadBuilds(job.buildFolders);
  const file = job.journalPath === null ? null : createJournalFile(job.journalPath);
  const memory = memorySink();
  try {
    const finished = await runArm(job.plan, {
      tool: TOOL,
      sink: file ?? memory,
      createStage: createSimStage,
      builds,
      definitions: builtInGuardrails(),
      createGuests: waitOutside =>
        createGuestLoader({ realDeadline, waitOutside, baseDir: job.moduleFolder }),
      untilHarmless: job.untilHarmless,
      stopRequested: () => Atomics.load(stopFlag, STOP_FLAG) === 1,
      onProgress: atMs => send({ kind: 'progress', atMs }),
    });
    const journal = file === null ? memory.text() : null;
    const digest = file === null ? digestOf(memory.text()) : file.close();
    send({ kind: 'finished', ...finished, digest, journal });
  } catch (error) {
    file?.close();
    throw error;
  }
}

function send(message: ArmMessage): void {
  port?.postMessage(message);
}
