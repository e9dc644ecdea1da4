import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { Plan } from '../plan/plan.ts';
import type { Rerun } from '../score/attribution.ts';
import { buildScorecard } from '../score/build-scorecard.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { PlannedArm } from './arm-plans.ts';
import { worstOf } from './exit-codes.ts';
import type { SuiteDeps } from './run-suite.ts';

interface RerunPlan {
  readonly scenario: string;
  readonly kind: Rerun['kind'];
  readonly guardrail: string;
  readonly plan: Plan;
}

/**
 * Runs the guarded arm again without each guardrail that did something, and with it alone: only that can say that a
 * guardrail was necessary or sufficient. Of the first seed, and in the embedded simulation.
 */
export async function rerunForAttribution(
  card: Scorecard,
  arms: readonly PlannedArm[],
  directory: string,
  deps: SuiteDeps,
): Promise<Rerun[]> {
  const plans = card.scenarios.flatMap(scenario => rerunsOf(scenario, arms));
  let ended = 0;
  return Promise.all(
    plans.map(async ({ scenario, kind, guardrail, plan }) => {
      const finished = await deps.pool.run({
        plan,
        buildFolders: deps.workspace.buildFolders,
        moduleFolder: deps.moduleFolder,
        journalPath: null,
        untilHarmless: true,
      });
      ended++;
      if (ended % 5 === 0 || ended === plans.length) {
        deps.output.progress(`attribution: ${ended} of ${plans.length} re-runs ended`);
      }
      const verdict =
        finished.reason === 'nothing-landed'
          ? 'contained'
          : verdictOf(scenario, finished.journal ?? '', arms, directory);
      return { scenario, kind, guardrail, verdict };
    }),
  );
}

function rerunsOf(scenario: Scorecard['scenarios'][number], arms: readonly PlannedArm[]): RerunPlan[] {
  const guarded = arms.find(
    ({ plan }) => plan.arm === 'guarded' && plan.scenario?.metadata.id === scenario.id,
  );
  if (guarded === undefined || scenario.verdict === 'inconclusive') return [];
  const all = guarded.plan.profile.guardrails;
  const active = scenario.attribution.filter(({ effect }) => effect !== 'silent');
  return active.flatMap(({ guardrail }) =>
    (['without', 'only'] as const).map(kind => {
      const guardrails = all.filter(entry => (entry.id === guardrail) === (kind === 'only'));
      return { scenario: scenario.id, kind, guardrail, plan: withGuardrails(guarded.plan, guardrails) };
    }),
  );
}

function withGuardrails(plan: Plan, guardrails: Plan['profile']['guardrails']): Plan {
  const profile = { id: plan.profile.id, guardrails };
  return { ...plan, profile, digests: { ...plan.digests, profile: digestOf(stableJson(profile)) } };
}

/** The verdict with the re-run in the guarded arm's place. */
function verdictOf(
  scenario: string,
  journal: string,
  arms: readonly PlannedArm[],
  directory: string,
): Rerun['verdict'] {
  const controls = arms.filter(
    ({ plan }) =>
      plan.scenario?.metadata.id === scenario && (plan.arm === 'calm' || plan.arm === 'unguarded'),
  );
  const seed = controls[0]?.plan.seed;
  const card = buildScorecard({
    runId: 're-run',
    profile: arms.find(({ plan }) => plan.arm === 'guarded')?.plan.profile.id ?? '',
    journals: [
      ...controls
        .filter(({ plan }) => plan.seed === seed)
        .map(({ file }) => ({ file, text: readFileSync(join(directory, file), 'utf8') })),
      { file: 're-run.jsonl', text: journal },
    ],
    planned: [scenario],
    reruns: [],
    failUnder: null,
    isClean: true,
    isInterrupted: false,
    worstOf,
  });
  return card.scenarios[0]?.verdict ?? 'inconclusive';
}
