import { resolve } from 'node:path';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderSarif } from '../report/sarif/render-sarif.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { htmlOf, writeHtml } from './html-file.ts';
import { printJson, printResult } from './print-result.ts';
import type { ReportFormat } from './report-formats.ts';
import { type SarifRequest, sarifContext } from './sarif-context.ts';
import { hasSarif, writeSarif } from './sarif-file.ts';
import { readManifest, scoreDirectory, writeReports } from './suite-files.ts';

const RENDERERS: Readonly<
  Record<ReportFormat, (card: Scorecard, from: SarifRequest) => string | Promise<string>>
> = {
  md: renderMarkdown,
  junit: renderJunit,
  json: renderJson,
  html: (card, { directory }) => htmlOf(directory, card),
  sarif: (card, from) => renderSarif(card, sarifContext(card, from)),
};

/** `brakecheck score`: from the journals alone, whatever the scorecard on disk says. */
export async function scoreCommand(
  directory: string,
  json: boolean,
  context: CommandContext,
): Promise<ExitCodeName> {
  const { card, from } = scoreAgain(directory, context);
  writeReports(from.directory, card);
  await writeHtml(from.directory, card, context.output);
  if (hasSarif(from.directory)) writeSarif(card, from);
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
  const { card, from } = scoreAgain(directory, context);
  context.output.machine(await RENDERERS[format](card, from));
}

function scoreAgain(
  directory: string,
  { cwd }: CommandContext,
): { readonly card: Scorecard; readonly from: SarifRequest } {
  const path = resolve(cwd, directory);
  const manifest = readManifest(path);
  const card = scoreDirectory(path, manifest, { interruption: null });
  return { card, from: { directory: path, command: manifest.command, cwd } };
}
