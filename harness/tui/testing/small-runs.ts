import { worstOf } from '../../cli/exit-codes.ts';
import { buildScorecard } from '../../score/build-scorecard.ts';
import { runOneArm } from '../../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';

export type Files = Readonly<Record<string, string>>;

/** Two runs of the small scenario, as their folders hold them: without any guardrail, and with two layers of which one holds. */
export async function smallRuns(): Promise<{ readonly escaped: Files; readonly held: Files }> {
  const shared = await journals(['calm', 'unguarded'], 'none', []);
  const layers = [{ use: 'two-person-rule', doors: ['pipeline'] }, { use: 'deletion-protection' }];
  return {
    escaped: folder('none', { ...shared, ...(await journals(['guarded', 'benign'], 'none', [])) }),
    held: folder('layered', { ...shared, ...(await journals(['guarded', 'benign'], 'layered', layers)) }),
  };
}

async function journals(
  arms: readonly ('calm' | 'unguarded' | 'guarded' | 'benign')[],
  profile: string,
  guardrails: readonly object[],
): Promise<Files> {
  const scenario = smallScenario({ minutes: 60 });
  const ran: [string, string][] = [];
  for (const arm of arms) {
    const { text } = await runOneArm({ scenario, profile: smallProfile(profile, guardrails), arm });
    ran.push([`small-deletion.${arm}.jsonl`, text]);
  }
  return Object.fromEntries(ran);
}

function folder(profile: string, files: Files): Files {
  const runId = `run-${profile}`;
  const card = buildScorecard({
    ...{
      runId,
      profile,
      planned: [],
      reruns: [],
      failUnder: null,
      isClean: true,
      isInterrupted: false,
      worstOf,
    },
    journals: Object.entries(files).map(([file, text]) => ({ file, text })),
  });
  const startedAt = profile === 'none' ? '2026-03-09T10:00:00.000Z' : '2026-03-10T10:00:00.000Z';
  const manifest = {
    runId,
    profile,
    tool: 'test',
    startedAt,
    finishedAt: startedAt,
    command: ['run', 'small-deletion'],
  };
  return { ...files, 'scorecard.json': JSON.stringify(card), 'manifest.json': JSON.stringify(manifest) };
}
