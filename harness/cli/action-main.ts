import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { judgeAction } from '../gameday/judge-action.ts';
import type { Scoreboard } from '../gameday/scoreboard.ts';
import { safeText } from '../report/safe-text.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { createOutput } from './output.ts';
import { codeOf, reportError } from './report-error.ts';

/** Longest summary that the build service takes, with room for what other steps add: 1 MiB a step. */
const MOST_SUMMARY = 900_000;

/** The last step of `action.yml`: reads what the game day left, writes outputs and summary, and ends the step. */
process.exitCode = judgeStep(process.env);

function judgeStep(env: NodeJS.ProcessEnv): number {
  const output = createOutput(process.stdout, process.stderr, env);
  try {
    const folder = env.OUT ?? '';
    const exitCode = Number(env.EXIT_CODE ?? codeOf('environment'));
    const { GATE: gate = '', EXPECT: expect = '' } = env;
    const judged = judgeAction(scoreboardIn(folder), { gate, expect, exitCode });
    const report = join(folder, 'gameday.md');
    const hasReport = existsSync(report);
    write(env.GITHUB_OUTPUT, [
      ['verdict', judged.verdict],
      ['score', judged.score === null ? '' : String(judged.score)],
      ['report', hasReport ? fromWorkspace(report, env) : ''],
      ['folder', fromWorkspace(folder, env)],
      ['passed', String(judged.passed)],
    ]);
    if (hasReport && env.GITHUB_STEP_SUMMARY !== undefined) {
      appendFileSync(env.GITHUB_STEP_SUMMARY, `${readFileSync(report, 'utf8').slice(0, MOST_SUMMARY)}\n`);
    }
    for (const reason of judged.reasons) output.people(`brakecheck: ${safeText(reason)}\n`);
    if (judged.passed) return 0;
    // Verdicts that are not as expected are a weakness, whatever the game day ended with.
    return exitCode === 0 ? codeOf('weakness') : exitCode;
  } catch (error) {
    return reportError(error, output);
  }
}

/** Later steps begin at the root of the workspace, wherever this one ran. */
function fromWorkspace(path: string, { WORKING_DIRECTORY: from = '.' }: NodeJS.ProcessEnv): string {
  return isAbsolute(path) ? path : join(from, path);
}

function scoreboardIn(folder: string): Scoreboard | null {
  return existsSync(join(folder, 'gameday.json')) ? readScoreboard(folder) : null;
}

function write(file: string | undefined, values: readonly (readonly [string, string])[]): void {
  if (file === undefined) return;
  for (const [name, value] of values) appendFileSync(file, `${name}=${value.replaceAll(/[\r\n]/g, ' ')}\n`);
}
