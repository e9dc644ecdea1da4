import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import type { Rerun } from '../score/attribution.ts';
import { buildScorecard } from '../score/build-scorecard.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { JournalText } from '../score/scorecard-tally.ts';
import type { OutlinedArm } from './arm-plans.ts';
import { worstOf } from './exit-codes.ts';
import type { SuiteDeps } from './run-suite.ts';
import { withGuardrails } from './with-guardrails.ts';

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
  arms: readonly OutlinedArm[],
  directory: string,
  deps: SuiteDeps,
): Promise<Rerun[]> {
  const plans = card.scenarios.flatMap(scenario => rerunsOf(scenario, arms));
  const controls = createControls(arms, directory, deps);
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
          : verdictOf(scenario, finished.journal ?? '', {
              controls: await controls(scenario),
              profile: card.profile,
            });
      return { scenario, kind, guardrail, verdict };
    }),
  );
}

function rerunsOf(scenario: Scorecard['scenarios'][number], arms: readonly OutlinedArm[]): RerunPlan[] {
  const guarded = arms.find(({ arm, scenario: id }) => arm === 'guarded' && id === scenario.id)?.plan();
  if (guarded === undefined || scenario.verdict === 'inconclusive') return [];
  const all = guarded.profile.guardrails;
  const active = scenario.attribution.filter(({ effect }) => effect !== 'silent');
  return active.flatMap(({ guardrail }) =>
    (['without', 'only'] as const).map(kind => {
      const guardrails = all.filter(entry => (entry.id === guardrail) === (kind === 'only'));
      return { scenario: scenario.id, kind, guardrail, plan: withGuardrails(guarded, guardrails) };
    }),
  );
}

interface Given {
  readonly controls: readonly JournalText[];
  readonly profile: string;
}

type ControlsOf = (scenario: string) => Promise<readonly JournalText[]>;

/** The calm and the unguarded arm to judge re-runs by: the run's own, or, after a run on a live stack, simulated once. */
function createControls(arms: readonly OutlinedArm[], directory: string, deps: SuiteDeps): ControlsOf {
  const known = new Map<string, Promise<readonly JournalText[]>>();
  const journalOf = async ({ file, plan }: OutlinedArm): Promise<JournalText> => {
    const planned = plan();
    if (planned.stack === 'sim') return { file, text: readFileSync(join(directory, file), 'utf8') };
    const { journal } = await deps.pool.run({
      plan: { ...planned, stack: 'sim' },
      buildFolders: deps.workspace.buildFolders,
      moduleFolder: deps.moduleFolder,
      journalPath: null,
      untilHarmless: false,
    });
    return { file, text: journal ?? '' };
  };
  return scenario => {
    const own = arms.filter(
      ({ arm, scenario: id }) => id === scenario && (arm === 'calm' || arm === 'unguarded'),
    );
    const first = own.filter(({ seed }) => seed === own[0]?.seed);
    const found = known.get(scenario) ?? Promise.all(first.map(journalOf));
    known.set(scenario, found);
    return found;
  };
}

/** The verdict with the re-run in the guarded arm's place. */
function verdictOf(scenario: string, journal: string, { controls, profile }: Given): Rerun['verdict'] {
  const card = buildScorecard({
    runId: 're-run',
    profile,
    journals: [...controls, { file: 're-run.jsonl', text: journal }],
    planned: [scenario],
    reruns: [],
    failUnder: null,
    isClean: true,
    isInterrupted: false,
    worstOf,
  });
  return card.scenarios[0]?.verdict ?? 'inconclusive';
}
