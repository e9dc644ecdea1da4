import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { renderSarif } from '../report/sarif/render-sarif.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { writeRunFile } from './run-directory.ts';
import { type SarifRequest, sarifContext } from './sarif-context.ts';

const FILE = 'report.sarif';

/** Writes `report.sarif` beside the other reports of a run. */
export function writeSarif(card: Scorecard, request: SarifRequest): void {
  writeRunFile(request.directory, FILE, renderSarif(card, sarifContext(card, request)));
}

/** Whether the run was asked for one. */
export function hasSarif(directory: string): boolean {
  return existsSync(join(directory, FILE));
}
