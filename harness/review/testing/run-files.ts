import { memorySource } from '../../journal/byte-source.ts';
import { openJournal } from '../../journal/open-journal.ts';
import type { Scorecard } from '../../score/scorecard.ts';
import { type TestArm, testJournal } from '../../score/testing/test-journal.ts';
import { ARMS, testRun } from '../../score/testing/test-run.ts';
import { wholeArm } from '../arm-reader.ts';
import type { ArmState } from '../arm-state.ts';
import { openRun, type RunReader } from '../open-run.ts';
import type { RunStory } from '../run-story.ts';

/** A run's folder in memory. */
export function memoryRun(files: Readonly<Record<string, string | Uint8Array>>): RunReader {
  return {
    directory: 'reports/run-1',
    readText: name => (files[name] === undefined ? null : Buffer.from(files[name]).toString('utf8')),
    openBytes: name => (files[name] === undefined ? null : memorySource(Buffer.from(files[name]))),
    journalNames: () => Object.keys(files).filter(name => name.endsWith('.jsonl')),
    rescore: null,
  };
}

/** The small run of the scoring tests as files, with its scorecard. */
export function smallRun(
  arms: readonly TestArm[] = ARMS,
  card: Scorecard = testRun(arms),
): Record<string, string> {
  const journals = arms.map(spec => [
    `${spec.scenario ?? 'rebuild'}.${spec.seed ?? 'one'}.${spec.arm}.jsonl`,
    testJournal(spec),
  ]);
  const manifest = {
    runId: 'run-1',
    profile: 'layers',
    tool: 'test',
    startedAt: '2026-03-10T10:00:00.000Z',
    finishedAt: '2026-03-10T10:00:30.000Z',
    command: ['run', 'rebuild'],
  };
  return {
    ...Object.fromEntries(journals),
    'manifest.json': JSON.stringify(manifest),
    'scorecard.json': JSON.stringify(card),
  };
}

/** The story of a folder with every line taken in. */
export function wholeStory(files: Readonly<Record<string, string | Uint8Array>>): RunStory {
  const run = openRun(memoryRun(files));
  while (run.step(100_000)) {
    // bounded by the journals' lines
  }
  return run.story;
}

export function stateOf(text: string): ArmState {
  return wholeArm(openJournal(memorySource(Buffer.from(text)), 'test.jsonl'));
}
