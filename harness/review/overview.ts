import { attributionSentence } from '../report/attribution-words.ts';
import { benignSentence } from '../report/benign-words.ts';
import { budgetSentence } from '../report/budget-words.ts';
import { attemptsSentence } from '../report/guarded-words.ts';
import { type HarmRow, harmRows } from '../report/harm-rows.ts';
import { deedWords, doerWords } from '../report/mistake-words.ts';
import { phaseBlock } from '../report/phase-words.ts';
import { adviceFor } from '../report/reason-words.ts';
import { recordSentence } from '../report/record-words.ts';
import { safeText } from '../report/safe-text.ts';
import { causedSentence, sensitivitySentence } from '../report/seed-words.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from '../report/summary-lines.ts';
import { stageSentence } from '../report/words.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { type ArmSummary, armSummaries } from './arm-summary.ts';
import type { RunFacts, RunStory, ScenarioStory } from './run-story.ts';

/** The first screen: what happened, who was hurt, what it cost. Sentences end in a full stop; null: nothing to say. */
export interface OverviewView {
  readonly run: RunFacts;
  /** Null while there is no scorecard. */
  readonly headline: string | null;
  readonly worstLeft: string | null;
  readonly friction: string | null;
  /** 0–100; null: none. */
  readonly score: number | null;
  readonly scoreSentence: string | null;
  readonly exit: { readonly code: number; readonly name: string; readonly reasons: readonly string[] } | null;
  /** What a verdict is worth. */
  readonly note: string | null;
  readonly neverRun: readonly string[];
  readonly notices: readonly string[];
  readonly scenarios: readonly ScenarioOverview[];
}

export type ShownVerdict = 'contained' | 'escaped' | 'inconclusive' | 'not judged';

export interface ScenarioOverview {
  readonly id: string;
  readonly title: string;
  readonly verdict: ShownVerdict;
  /** Why, and where the mistake ended. */
  readonly why: string;
  readonly stage: string | null;
  /** Sev-1 is the worst; null: no harm above noise, or not measured. */
  readonly severity: { readonly unguarded: number | null; readonly guarded: number | null };
  /** 0–1; null: not judged. */
  readonly containmentRatio: number | null;
  readonly overBlocked: boolean;
  readonly who: string | null;
  readonly task: string | null;
  readonly did: string | null;
  readonly guarded: string | null;
  readonly attribution: string | null;
  readonly caution: string | null;
  readonly budget: string | null;
  readonly outage: string | null;
  readonly benign: string | null;
  readonly seeds: string | null;
  /** Fidelity to the public record, in one sentence. */
  readonly record: string | null;
  readonly claims: readonly { readonly claim: string; readonly met: boolean }[];
  readonly harms: readonly HarmRow[];
  readonly arms: readonly ArmSummary[];
}

export function overview(story: RunStory): OverviewView {
  const { card, facts, notices } = story;
  return {
    run: facts,
    headline: card === null ? null : headline(card),
    worstLeft: card === null ? null : worstLeft(card),
    friction: card === null ? null : frictionSentence(card),
    score: card?.score.value ?? null,
    scoreSentence: card === null ? null : scoreSentence(card),
    exit: card === null ? null : exitOf(card),
    note: card === null ? null : safeText(card.note),
    neverRun: (card?.neverRun ?? []).map(id => safeText(id, 64)),
    notices,
    scenarios: story.scenarios.map(scenarioOverview),
  };
}

const MOST_REASONS = 10;

function exitOf({ exit }: Scorecard): OverviewView['exit'] {
  const reasons = exit.reasons.slice(0, MOST_REASONS).map(({ because }) => safeText(because));
  return { code: exit.code, name: safeText(exit.name, 32), reasons };
}

function scenarioOverview({ id, score, arms }: ScenarioStory): ScenarioOverview {
  const summaries = armSummaries(arms, score);
  if (score === null) return unjudged(id, summaries, arms);
  const { verdict } = score;
  const isJudged = verdict !== 'inconclusive';
  const outage = score.arms.unguarded?.harm?.outages[0];
  return {
    id: safeText(score.id, 64),
    title: safeText(score.title, 200),
    verdict,
    why: isJudged
      ? `${capital(safeText(score.detail))}.`
      : `${capital(safeText(score.detail))}. ${adviceFor(score.reason) ?? ''}`.trim(),
    stage: score.stage === null ? null : stageSentence(score),
    severity: {
      unguarded: score.arms.unguarded?.severity ?? null,
      guarded: score.arms.guarded?.severity ?? null,
    },
    containmentRatio: score.containmentRatio,
    overBlocked: score.overBlocked,
    who: doerWords(score),
    task: score.mistakeBy === null ? null : safeText(score.mistakeBy.task, 200),
    did: deedWords(score),
    guarded: attemptsSentence(score),
    attribution: attributionSentence(score),
    caution: causedSentence(score),
    budget: isJudged ? budgetSentence(score) : null,
    outage: outage === undefined ? null : phaseBlock(outage, ''),
    benign: benignSentence(score),
    seeds: sensitivitySentence(score),
    record: isJudged ? recordSentence(score.fidelity) : null,
    claims: score.fidelity.map(({ claim, met }) => ({ claim: safeText(claim), met })),
    harms: harmRows(score),
    arms: summaries,
  };
}

/** What can be told before anything is scored: from the states alone. */
function unjudged(id: string, arms: readonly ArmSummary[], states: ScenarioStory['arms']): ScenarioOverview {
  const first = [states.unguarded, states.guarded].flatMap(state => state?.actions ?? []).find(isStep);
  const identity = Object.values(states)[0]?.identity ?? null;
  return {
    ...NOTHING,
    id: safeText(id, 64),
    title: identity?.scenario.title ?? safeText(id, 64),
    who: first === undefined ? null : first.who,
    task: first === undefined ? null : first.task,
    did: first === undefined ? null : `${first.verb} on ${first.resource}: "${first.because}"`,
    arms,
  };
}

function isStep({ stepId }: { readonly stepId: string | null }): boolean {
  return stepId !== null;
}

const NOTHING: Omit<ScenarioOverview, 'id' | 'title' | 'who' | 'task' | 'did' | 'arms'> = {
  verdict: 'not judged',
  why: 'There is no scorecard yet.',
  stage: null,
  severity: { unguarded: null, guarded: null },
  containmentRatio: null,
  overBlocked: false,
  guarded: null,
  attribution: null,
  caution: null,
  budget: null,
  outage: null,
  benign: null,
  seeds: null,
  record: null,
  claims: [],
  harms: [],
};

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
