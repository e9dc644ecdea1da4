import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { overBlockNote } from '../advice/scenario-notes.ts';
import type { Arm, HeaderEvent } from '../journal/events.ts';
import { readJournal } from '../journal/reader.ts';
import { HarnessError } from '../kernel/errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { readFirstLine } from './read-first-line.ts';
import type { Manifest } from './run-directory.ts';
import { readManifest, scoreDirectory } from './suite-files.ts';
import { TOOL } from './tool.ts';
import type { Workspace } from './workspace.ts';

/** A run as advice needs it: scored again from its journals, whatever stands in its scorecard. */
export interface AdviseRun {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Manifest;
  readonly card: Scorecard;
}

/** One scenario of the run at one seed. */
export interface AdviseCase {
  /** Of the seed that the scorecard shows. */
  readonly score: ScenarioScore;
  readonly seed: string;
  /** Journals of the arms that re-runs are judged by; null where there is none. */
  readonly controls: Readonly<Record<'calm' | 'unguarded', string | null>>;
  readonly plans: Readonly<Record<'calm' | 'unguarded' | 'guarded' | 'benign', Plan>>;
}

/** Opens a run's folder. The journals are enough: without a manifest, what it says is taken from them. */
export function openAdviseRun(path: string, cwd: string): AdviseRun {
  const manifest = existsSync(join(path, 'manifest.json')) ? readManifest(path) : manifestOf(path, cwd);
  return { path, manifest, card: scoreDirectory(path, manifest, { interruption: null }) };
}

/** The scenario's arms as they were planned, or why changes for it cannot be looked for. */
export function adviseCase(
  score: ScenarioScore,
  run: AdviseRun,
  workspace: Workspace,
): AdviseCase | { readonly note: string } {
  if (score.verdict === 'contained') return { note: overBlockNote(score) };
  if (score.verdict === 'inconclusive')
    return { note: `It proves nothing, so that no change can be judged: ${score.detail}.` };
  return rerunnable(score, run, workspace);
}

/** The scenario's arms as they were planned, whatever its verdict, or why they cannot be run again. */
export function rerunnable(
  score: ScenarioScore,
  { path }: AdviseRun,
  workspace: Workspace,
): AdviseCase | { readonly note: string } {
  const { calm, unguarded, guarded, benign } = score.arms;
  const headers = [calm, unguarded, guarded, benign].map(arm =>
    arm === null ? null : headerIn(path, arm.journal),
  );
  const [first, second, third, fourth] = headers.map(header => (header?.plan ?? null) as Plan | null);
  if (!first || !second || !third) return { note: 'An arm left no journal, so that it cannot be run again.' };
  const builds = { ...headers[1]?.builds, ...headers[2]?.builds };
  const other = Object.entries(builds).find(([id, digest]) => workspace.builds.get(id)?.digest !== digest);
  if (other !== undefined)
    return { note: `The build ${other[0]} is no longer the one that ran: run the scenario again first.` };
  return {
    ...{ score, seed: score.seed },
    controls: { calm: calm?.journal ?? null, unguarded: unguarded?.journal ?? null },
    plans: {
      ...{ calm: first, unguarded: second, guarded: third },
      benign: fourth ?? { ...third, arm: 'benign' },
    },
  };
}

/** The same scenario at the run's other seeds, as far as their arms have left journals. */
export function atOtherSeeds(
  { score, seed: shown }: AdviseCase,
  { path, manifest, card }: AdviseRun,
): readonly AdviseCase[] {
  const others = card.seeds.filter(seed => seed !== shown);
  if (others.length === 0) return [];
  const known = manifest.journals.flatMap(({ file }) => {
    const header = existsSync(join(path, file)) ? headerIn(path, file) : null;
    return header === null || header.scenario.id !== score.id ? [] : [{ file, header }];
  });
  return others.flatMap((seed): AdviseCase[] => {
    const of = (arm: Arm) => known.find(({ header }) => header.seed === seed && header.arm === arm);
    const [calm, unguarded, guarded, benign] = [of('calm'), of('unguarded'), of('guarded'), of('benign')];
    if (calm === undefined || unguarded === undefined || guarded === undefined) return [];
    const plans = {
      calm: calm.header.plan as Plan,
      unguarded: unguarded.header.plan as Plan,
      guarded: guarded.header.plan as Plan,
    };
    return [
      {
        ...{ score, seed, controls: { calm: calm.file, unguarded: unguarded.file } },
        plans: {
          ...plans,
          benign: (benign?.header.plan as Plan | undefined) ?? { ...plans.guarded, arm: 'benign' },
        },
      },
    ];
  });
}

function headerIn(path: string, file: string): HeaderEvent | null {
  const line = readFirstLine(join(path, file));
  return line === null ? null : readJournal(line, file).header;
}

function manifestOf(path: string, cwd: string): Manifest {
  const files = journalNames(path);
  const headers = files.flatMap(file => headerIn(path, file) ?? []);
  const guarded = headers.find(({ arm }) => arm === 'guarded');
  if (guarded === undefined) {
    throw new HarnessError('usage', {
      message: `could not find a run in ${path}: it has neither a manifest.json nor the journal of a guarded arm`,
      hint: 'Name the folder of a run, as `brakecheck run` printed it at its end.',
    });
  }
  const mistakes = headers.filter(({ arm }) => arm !== 'ordinary');
  return {
    ...{ runId: 'unnamed run', tool: TOOL, startedAt: '', finishedAt: null, command: [] },
    profile: guarded.profile.id,
    planned: [...new Set(mistakes.map(({ scenario }) => scenario.id))],
    journals: files.map(file => ({ file, digest: '', leftBehind: 0 })),
    ...{ reruns: [], failUnder: null, moduleFolder: cwd },
    host: { node: process.versions.node, platform: process.platform },
  };
}

function journalNames(path: string): string[] {
  try {
    return readdirSync(path)
      .filter(name => name.endsWith('.jsonl'))
      .sort();
  } catch {
    return [];
  }
}
