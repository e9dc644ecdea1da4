import type { Attribution } from '../score/attribution.ts';
import type { RouteResult } from '../score/routes.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { adviceFor } from './reason-words.ts';
import { safeText } from './safe-text.ts';
import { shellWord } from './shell-word.ts';
import { listed, plural } from './words.ts';

const MOST_NAMES = 6;

/** What somebody should change after this scenario, most pressing first, in sentences; empty where nothing is wrong. */
export function whatToDo(scenario: ScenarioScore): string[] {
  if (scenario.verdict === 'inconclusive') return present(adviceFor(scenario.reason));
  const afterEscape =
    scenario.verdict === 'escaped' ? [...guardrailAdvice(scenario), ...present(routeAdvice(scenario))] : [];
  return [...afterEscape, ...(scenario.overBlocked ? [frictionAdvice(scenario)] : [])];
}

/** The command that tests one scenario again after a change. */
export function testAgain({ id, seed }: ScenarioScore, profile: string): string {
  return `brakecheck run ${shellWord(id)} --profile ${shellWord(profile)} --seed ${shellWord(seed)}`;
}

function guardrailAdvice({ attribution, reason }: ScenarioScore): string[] {
  if (reason === 'guardrail-broke-steady-state')
    return ['Look at what the guardrails did before the mistake: the shop was unwell only with them.'];
  if (attribution.length === 0) return ['The profile has no guardrail: any would be a change.'];
  return GUARDRAIL_ADVICE.flatMap(([applies, words]) => {
    const those = attribution.filter(applies).map(({ guardrail }) => safeText(guardrail, 64));
    return those.length === 0 ? [] : [`${named(those)}: ${words}.`];
  });
}

// The surest first: a re-run proves more than what a guardrail did, and what it did more than its silence.
const GUARDRAIL_ADVICE: readonly (readonly [(one: Attribution) => boolean, string])[] = [
  [({ sufficient }) => sufficient === true, 'would have held alone; look at what stands before it'],
  [({ effect }) => effect === 'failed', 'gave no usable answer; mend it, or let its failure close the door'],
  [({ effect }) => effect === 'alarmed', 'told people and stopped nothing; give it an order to contain'],
  [({ effect }) => effect === 'rolled-back', 'took it back too late; let it look sooner or more often'],
  [({ effect }) => effect === 'limited', 'held a part of it; let it cover the rest'],
  [({ effect }) => effect === 'silent', 'did nothing here; look at doors, actors and options'],
];

/** Ways that are still open: those that were taken, then those of which nothing is known. */
function routeAdvice({ routes }: ScenarioScore): string | null {
  const words = (state: RouteResult['state']) =>
    named(
      routes
        .filter(route => route.state === state)
        .map(({ door, verb }) => `${safeText(verb, 64)} (${safeText(door, 32)})`),
    );
  const [passed, untried] = [words('passed'), words('not-tried')];
  if (passed === '' && untried === '') return null;
  const parts = [
    ...(passed === '' ? [] : [`Close ${passed}.`]),
    ...(untried === '' ? [] : [`Not tried, and open for all that is known: ${untried}.`]),
  ];
  return parts.join(' ');
}

function frictionAdvice({ arms: { benign } }: ScenarioScore): string {
  const by = benign?.hindrance?.by.map(name => safeText(name, 64)) ?? [];
  const who = by.length === 0 ? 'Whatever stood in its way' : named(by);
  return `${who}: stood in the way of the same task done properly; let it tell the two apart, or be quicker.`;
}

/** `a, b and 3 more`. */
function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  return names.length > shown.length
    ? `${shown.join(', ')} and ${plural(names.length - shown.length, 'other')}`
    : listed(shown);
}

function present(text: string | null): string[] {
  return text === null ? [] : [text];
}
