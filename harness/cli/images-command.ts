import { tmpdir } from 'node:os';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { type BaseChoice, type BuiltImage, buildImages } from '../stack/containers/images/build-images.ts';
import { makeOwnedFolder, sweepFolders } from '../stack/containers/sweep/owned-folders.ts';
import { ownerOf, thisMachine } from '../stack/containers/sweep/owner.ts';
import type { CommandContext } from './command.ts';
import { newRunId } from './wall-clock.ts';
import { projectRoot } from './workspace.ts';

export interface ImagesOptions {
  readonly base: BaseChoice;
  readonly rebuild?: boolean;
  readonly json?: boolean;
}

/** `brakecheck images`. */
export async function imagesCommand(options: ImagesOptions, context: CommandContext): Promise<void> {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const machine = thisMachine();
  const run = { runId: newRunId('images'), owner: ownerOf(process.pid, machine) };
  sweepFolders(tmpdir(), { of: 'dead' }, { machine, dryRun: false });
  const workFolder = makeOwnedFolder(tmpdir(), run);
  try {
    const images = await buildImages(
      { base: options.base, rebuild: options.rebuild === true },
      {
        client,
        root: projectRoot(),
        workFolder,
        env: process.env,
        userId: process.getuid?.() ?? null,
        say: line => context.output.people(`${line}\n`),
      },
    );
    const document = { schema: 'brakecheck/images/v1', images };
    context.output.machine(
      options.json === true ? `${JSON.stringify(document, null, 2)}\n` : images.map(lineOf).join(''),
    );
  } finally {
    sweepFolders(tmpdir(), { of: 'run', ...run }, { machine, dryRun: false });
  }
}

function lineOf({ tag, sizeBytes, base, isNew }: BuiltImage): string {
  const size = `${Math.round(sizeBytes / 1e6)} MB`.padStart(7);
  return `${tag.padEnd(34)} ${size}  from ${base ?? 'nowhere'}, ${isNew ? 'built now' : 'was there'}\n`;
}
