import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeaderEvent } from '../journal/events.ts';
import { readJournal } from '../journal/reader.ts';
import { HarnessError } from '../kernel/errors.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { Rerun } from '../score/attribution.ts';
import { journalGroups } from '../score/journal-groups.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { createScorecardTally, type JournalText, type ScorecardTally } from '../score/scorecard-tally.ts';
import { worstOf } from './exit-codes.ts';
import { readFirstLine } from './read-first-line.ts';
import { type Manifest, writeRunFile } from './run-directory.ts';
import type { Interruption } from './watch-signals.ts';

/** Writes everything that can be rebuilt from the journals. */
export function writeReports(directory: string, card: Scorecard): void {
  writeRunFile(directory, 'scorecard.json', renderJson(card));
  writeRunFile(directory, 'report.md', renderMarkdown(card));
  writeRunFile(directory, 'junit.xml', renderJunit(card));
}

export function writeManifest(directory: string, manifest: Manifest): void {
  writeRunFile(directory, 'manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

export function readManifest(directory: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;
  } catch (error) {
    throw new HarnessError('usage', {
      message: `could not read a run in ${directory}: it has no manifest.json that can be read`,
      hint: 'Name the folder of a run, as `brakecheck run` printed it at its end.',
      cause: error,
    });
  }
}

export interface ScoringFacts {
  /** How the run was asked to end before its time; null when it was not. */
  readonly interruption: Interruption['exitName'];
}

/** Scores the run's journals as they are on disk, one seed after the other, or as `tally` has read them already. */
export function scoreDirectory(
  directory: string,
  manifest: Manifest,
  facts: ScoringFacts,
  tally: ScorecardTally = tallyDirectory(directory, manifest),
): Scorecard {
  return tally.scorecard({
    runId: manifest.runId,
    planned: manifest.planned,
    reruns: manifest.reruns as readonly Rerun[],
    failUnder: manifest.failUnder,
    isClean: manifest.journals.every(({ leftBehind }) => leftBehind === 0),
    isInterrupted: facts.interruption !== null,
    // A scorecard knows of one kind of interruption; how the process ends tells the two apart.
    worstOf: names =>
      worstOf(names.map(name => (name === 'interrupted' ? (facts.interruption ?? name) : name))),
  });
}

function tallyDirectory(directory: string, { profile, journals }: Manifest): ScorecardTally {
  const tally = createScorecardTally(profile);
  const begun = journals.flatMap(({ file }) => {
    const header = readHeader(directory, file);
    return header === null ? [] : [{ file, header }];
  });
  for (const [index, group] of journalGroups(begun, ({ header }) => header).entries()) {
    tally.add(index, readJournalTexts(directory, group));
  }
  return tally;
}

/** The texts of those that were begun. */
export function readJournalTexts(
  directory: string,
  files: readonly { readonly file: string }[],
): JournalText[] {
  return files.flatMap(({ file }) => {
    const text = readJournalText(directory, file);
    return text === null ? [] : [{ file, text }];
  });
}

/** What groups a journal; null when it was never begun. Of a long journal no more than the first line is read. */
function readHeader(directory: string, file: string): Pick<HeaderEvent, 'arm' | 'seed' | 'scenario'> | null {
  const line = readFirstLine(join(directory, file));
  if (line === null) return null;
  const { arm, seed, scenario } = readJournal(line, file).header;
  return { arm, seed, scenario };
}

/** Null for a journal that was never begun. */
export function readJournalText(directory: string, file: string): string | null {
  try {
    const text = readFileSync(join(directory, file), 'utf8');
    return text.includes('\n') ? text : null;
  } catch {
    return null;
  }
}
