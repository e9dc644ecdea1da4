import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../kernel/errors.ts';
import { type BrowserLine, browserLines } from '../report/browser-words.ts';
import { renderJson } from '../report/json.ts';
import { openRun } from '../review/open-run.ts';
import { readCard } from '../review/stored-card.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { Output } from './output.ts';
import { runReader } from './review-files.ts';
import { writeRunFile } from './run-directory.ts';
import { readScreenshots } from './screenshot-files.ts';

const FILE = 'report.html';
const EVIDENCE = 'evidence';
const MOMENTS_FIRST = ['during', 'after', 'before'];
/** In these arms nobody makes the mistake. */
const ARMS_LAST = ['calm', 'benign'];
/** Where `run --against` puts the second profile. */
const AGAINST = 'against';
/** Lines of each arm that are taken in at a time. */
const LINES = 65_536;

/**
 * Writes `report.html` beside the other reports. It rests on nothing that they do not rest on, so that a fault in drawing
 * it takes nothing from the run: the fault is said, and no older page is left that would tell of something else.
 */
export async function writeHtml(directory: string, card: Scorecard, output: Output): Promise<void> {
  try {
    writeRunFile(directory, FILE, await htmlOf(directory, card));
  } catch (error) {
    rmSync(join(directory, FILE), { force: true });
    output.people(
      `${FILE} could not be written: ${messageOf(error)}\n  Verdict and other reports stand. Try again: brakecheck report ${directory} --format html > ${FILE}\n`,
    );
  }
}

/** The page of a run as its journals and this scorecard tell it, whatever the scorecard on disk says. */
export async function htmlOf(directory: string, card: Scorecard): Promise<string> {
  const { renderHtml } = await import('../report/html/render-html.ts');
  const reader = runReader(directory, directory);
  const run = openRun({
    ...reader,
    readText: name => (name === 'scorecard.json' ? renderJson(card) : reader.readText(name)),
  });
  try {
    while (run.step(LINES)) {
      // bounded by the journals' lines
    }
    return await renderHtml(run.story, {
      screenshots: readScreenshots(join(directory, EVIDENCE), picturesOf(card)),
      compared: comparedCards(directory),
    });
  } finally {
    run.close();
  }
}

/**
 * The last page of each journey that a browser went through: those that failed first, then what was seen while the mistake
 * was in effect, then after it. Paths in the evidence folder.
 */
function picturesOf({ scenarios }: Scorecard): string[] {
  const rankOf = ({ succeeded, arm, when }: BrowserLine) =>
    (succeeded ? 100 : 0) + MOMENTS_FIRST.indexOf(when) * 10 + (ARMS_LAST.includes(arm) ? 1 : 0);
  return scenarios
    .flatMap(browserLines)
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .flatMap(({ files }) => files.filter(file => file.endsWith('.png')))
    .map(file => file.slice(EVIDENCE.length + 1));
}

/** Of the other profile of a run with two. */
function comparedCards(directory: string): Scorecard[] {
  const other = basename(directory) === AGAINST ? dirname(directory) : join(directory, AGAINST);
  if (!existsSync(join(other, 'scorecard.json'))) return [];
  const readText = (name: string) => readFileSync(join(other, name), 'utf8');
  const { card } = readCard({ directory: other, readText, rescore: null });
  return card === null ? [] : [card];
}
