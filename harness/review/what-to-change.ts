import { benignSentence } from '../report/benign-words.ts';
import { budgetSentence } from '../report/budget-words.ts';
import { adviceFor } from '../report/reason-words.ts';
import { safeText } from '../report/safe-text.ts';
import { routesSentence } from '../report/scenario-lines.ts';
import { formatMoment, listed } from '../report/words.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import type { AdvisedChange, ScenarioAdvice } from './advice.ts';
import { type Layer, layers } from './layers.ts';
import type { RunFacts, RunStory, ScenarioStory } from './run-story.ts';

/** What the reader can do about each scenario, those that need it most first. */
export interface WhatToChangeView {
  readonly profile: string;
  readonly scenarios: readonly ScenarioChange[];
  /** One set of changes that flips all escapes at once; null where none is known. */
  readonly together: AdvisedChange | null;
  /** Finds changes by re-run; null where advice is there already and whole, or nothing escaped. */
  readonly adviseCommand: string | null;
}

export interface ScenarioChange {
  readonly id: string;
  readonly title: string;
  /** `nothing`: it held and let harmless work through. */
  readonly need: 'escaped' | 'over-blocked' | 'inconclusive' | 'not judged' | 'nothing';
  /** What went wrong, in sentences. */
  readonly findings: readonly string[];
  /** Changes that flip the verdict, the smallest first; null: not looked for yet. */
  readonly advice: Pick<ScenarioAdvice, 'changes' | 'tried' | 'note'> | null;
  /** Routes to the mistake's effect that took effect, and those that nobody tried. */
  readonly open: readonly RouteView[];
  readonly notTried: readonly RouteView[];
  readonly routes: string;
  /** Tests again after a change. */
  readonly testAgain: string;
}

export interface RouteView {
  readonly door: string;
  readonly verb: string;
}

const ORDER: readonly ScenarioChange['need'][] = [
  'escaped',
  'over-blocked',
  'inconclusive',
  'not judged',
  'nothing',
];
const MOST_ROUTES = 200;

/** `directory` is how the run's folder is called on the command line. */
export function whatToChange(story: RunStory, directory: string): WhatToChangeView {
  const scenarios = story.scenarios
    .map(scenario => {
      const advice = story.advice?.scenarios.find(({ id }) => id === safeText(scenario.id, 64)) ?? null;
      return changeOf(scenario, { advice, facts: story.facts });
    })
    .toSorted((a, b) => ORDER.indexOf(a.need) - ORDER.indexOf(b.need));
  const isWhole = story.advice?.isWhole ?? true;
  const isOpen = scenarios.some(({ need, advice }) => need === 'escaped' && (advice === null || !isWhole));
  return {
    profile: story.facts.profile,
    scenarios,
    together: story.advice?.together ?? null,
    adviseCommand: isOpen ? `brakecheck advise ${quoted(directory)}` : null,
  };
}

function changeOf(
  scenario: ScenarioStory,
  { advice, facts }: { readonly advice: ScenarioAdvice | null; readonly facts: RunFacts },
): ScenarioChange {
  const { score } = scenario;
  const state = scenario.arms.guarded ?? Object.values(scenario.arms)[0];
  const routes = (score?.routes ?? []).slice(0, MOST_ROUTES);
  const view = (wanted: string) =>
    routes
      .filter(({ state: found }) => found === wanted)
      .map(({ door, verb }) => ({ door: safeText(door, 32), verb: safeText(verb, 64) }));
  return {
    id: safeText(scenario.id, 64),
    title: safeText(score?.title ?? state?.identity?.scenario.title ?? scenario.id, 200),
    need: needOf(score),
    findings: score === null ? ['There is no scorecard yet.'] : findings(score, scenario),
    advice: advice === null ? null : { changes: advice.changes, tried: advice.tried, note: advice.note },
    open: view('passed'),
    notTried: view('not-tried'),
    routes: score === null ? '' : routesSentence(score),
    testAgain: testAgain(scenario.id, facts),
  };
}

function needOf(score: ScenarioScore | null): ScenarioChange['need'] {
  if (score === null) return 'not judged';
  if (score.verdict === 'escaped') return 'escaped';
  if (score.verdict === 'inconclusive') return 'inconclusive';
  return score.overBlocked ? 'over-blocked' : 'nothing';
}

function findings(score: ScenarioScore, scenario: ScenarioStory): string[] {
  if (score.verdict === 'inconclusive')
    return [`Nothing is proven: ${safeText(score.detail)}.`, ...present(adviceFor(score.reason))];
  const found: string[] = [];
  if (score.verdict === 'escaped') found.push(...escapes(score), ...layerFindings(scenario));
  if (score.overBlocked) found.push(capital(benignSentence(score)));
  const benign = score.arms.benign;
  if (benign !== null && benign.outcome === 'unknown')
    found.push(`Of the same task done properly: ${safeText(benign.detail)}.`);
  if (score.guardrailCaused.length > 0)
    found.push(`The guardrails did harm of their own: ${listed(score.guardrailCaused)}.`);
  return found;
}

function escapes(score: ScenarioScore): string[] {
  const through = (score.arms.guarded?.steps ?? []).filter(({ landed }) => landed);
  const first = through[0];
  const got =
    first === undefined
      ? []
      : [
          `${safeText(first.verb, 64)} on ${safeText(first.resource, 100)} got through at the ${safeText(first.door, 32)} door at ${formatMoment(first.atMs)}: ${safeText(first.reason, 160)}.`,
        ];
  return [...got, `Budget: ${budgetSentence(score)}`];
}

/** Layers that could have stopped it and did not, by what they were. */
function layerFindings(scenario: ScenarioStory): string[] {
  const all = layers(scenario).layers ?? [];
  if (all.length === 0) return ['The profile has no guardrail: any would be a change.'];
  const of = (outcome: Layer['outcome']) =>
    all.filter(layer => layer.outcome === outcome).map(({ guardrail }) => guardrail);
  const lines: readonly (readonly [names: readonly string[], what: string])[] = [
    [of('failed'), 'gave no usable answer, and its failure rule let the action pass or stop'],
    [of('passed'), 'was asked and let it through: look at its options'],
    [of('silent'), 'was never asked: look at its doors and at the actors that it rules on'],
    [of('alarmed'), 'told people and stopped nothing'],
    [of('limited'), 'held a part of it'],
    [of('caught'), 'took it back too late'],
  ];
  return lines.flatMap(([names, what]) =>
    names.length === 0
      ? []
      : [names.length === 1 ? `${names[0]} ${what}.` : `${listed(names)}: each ${what}.`],
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The words of the run's own command line would repeat what it ran besides; what matters is scenario, profile and seed. */
function testAgain(id: string, { profile, seed }: RunFacts): string {
  return ['brakecheck run', quoted(id), '--profile', quoted(profile), '--seed', quoted(seed)].join(' ');
}

/** As one word of a shell; hostile names stay one word. */
function quoted(text: string): string {
  const safe = safeText(text, 4_096);
  return /^[\w./:=@%+,-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

function present(text: string | null): string[] {
  return text === null ? [] : [text];
}
