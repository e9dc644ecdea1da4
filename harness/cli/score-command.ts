import { resolve } from 'node:path';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { printJson, printResult } from './print-result.ts';
import type { ReportFormat } from './report-formats.ts';
import { readManifest, scoreDirectory, writeReports } from './suite-files.ts';

const RENDERERS: Readonly<Record<ReportFormat, (card: Scorecard) => string>> = {
  md: renderMarkdown,
  junit: renderJunit,
  json: renderJson,
};

/** `brakecheck score`: from the journals alone, whatever the scorecard on disk says. */
export async function scoreCommand(
  directory: string,
  json: boolean,
  context: CommandContext,
): Promise<ExitCodeName> {
  const card = scoreAgain(directory, context);
  writeReports(resolve(context.cwd, directory), card);
  printResult(card, directory, json, context.output);
  if (json) printJson([card], context.output);
  return card.exit.name as ExitCodeName;
}

/** `brakecheck report`. */
export async function reportCommand(
  directory: string,
  format: ReportFormat,
  context: CommandContext,
): Promise<void> {
  context.output.machine(RENDERERS[format](scoreAgain(directory, context)));
}

function scoreAgain(directory: string, context: CommandContext): Scorecard {
  const path = resolve(context.cwd, directory);
  return scoreDirectory(path, readManifest(path), { interruption: null });
}
