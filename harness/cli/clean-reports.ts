import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../kernel/errors.ts';
import type { SweepReport } from '../stack/containers/sweep/sweep.ts';

/**
 * Removes the folders of runs under `reports/`: those with a manifest, besides samples. A run that has not finished stays,
 * since it may still be going, unless `all` is asked for.
 */
export function cleanReports(
  reports: string,
  { dryRun, all }: { dryRun: boolean; all: boolean },
): SweepReport {
  const report = { removed: [], kept: [], failed: [], logs: [] } as {
    -readonly [Key in keyof SweepReport]: SweepReport[Key][number][];
  };
  for (const name of foldersIn(reports)) {
    const run = runIn(join(reports, name));
    if (run === null || name.startsWith('sample-')) continue;
    const swept = { kind: 'report', name: `reports/${name}`, runId: run.runId } as const;
    if (!run.isFinished && !all) {
      report.kept.push({ ...swept, because: 'it has not finished; with --all it goes too' });
      continue;
    }
    try {
      if (!dryRun) rmSync(join(reports, name), { recursive: true });
      report.removed.push(swept);
    } catch (error) {
      report.failed.push({ ...swept, because: messageOf(error) });
    }
  }
  return report;
}

function foldersIn(reports: string): string[] {
  try {
    return readdirSync(reports, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function runIn(folder: string): { runId: string; isFinished: boolean } | null {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    return {
      runId: String(manifest.runId),
      isFinished: typeof manifest.finishedAt === 'string',
    };
  } catch {
    return null;
  }
}
