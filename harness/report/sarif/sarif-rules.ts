import type { ScenarioScore, Scorecard } from '../../score/scorecard.ts';
import { code } from '../markdown-text.ts';
import { safeText } from '../safe-text.ts';
import { testAgain } from '../what-to-do.ts';
import type { SarifContext } from './origin.ts';
import { type SarifMessage, sarifMessage, sarifName } from './sarif-text.ts';
import { type SarifLevel, severityLevel } from './severity-level.ts';

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifMessage;
  readonly fullDescription: SarifMessage;
  readonly help: SarifMessage & { readonly markdown: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: { readonly tags: readonly string[] };
}

/** A code-scanning service takes 20 of a rule, ours among them. */
const MOST_TAGS = 19;

/** Two rules a scenario: the mistake is contained, and the same task done properly is let through. */
export function sarifRules(card: Scorecard, context: SarifContext): SarifRule[] {
  return card.scenarios.flatMap(scenario => [
    mistakeRule(scenario, card, context),
    properRule(scenario, card, context),
  ]);
}

/** Where a scenario's rules stand among `sarifRules`. */
export function ruleIndexOf(scenarioIndex: number, kind: 'mistake' | 'proper'): number {
  return scenarioIndex * 2 + (kind === 'mistake' ? 0 : 1);
}

export function ruleIdOf({ id }: Pick<ScenarioScore, 'id'>, kind: 'mistake' | 'proper'): string {
  return `${sarifName(id)}/${kind === 'mistake' ? 'contained' : 'let-through'}`;
}

function mistakeRule(scenario: ScenarioScore, card: Scorecard, context: SarifContext): SarifRule {
  return {
    id: ruleIdOf(scenario, 'mistake'),
    name: 'MistakeIsContained',
    shortDescription: sarifMessage(scenario.title),
    fullDescription: sarifMessage(
      `The guardrails of the profile ${safeText(card.profile, 64)} keep this mistake within the budget of harm that the scenario allows.`,
      card.note,
    ),
    help: help(scenario, card.profile),
    defaultConfiguration: { level: severityLevel(scenario.arms.unguarded?.severity ?? null) },
    properties: { tags: tagsOf(scenario, context, 'containment') },
  };
}

function properRule(scenario: ScenarioScore, card: Scorecard, context: SarifContext): SarifRule {
  return {
    id: ruleIdOf(scenario, 'proper'),
    name: 'ProperWorkIsLetThrough',
    shortDescription: sarifMessage(`The same task done properly is let through: ${safeText(scenario.title)}`),
    fullDescription: sarifMessage(
      'A profile that blocks ordinary work, or lets it miss its deadline, over-blocks; one that denies everything cannot pass.',
    ),
    help: help(scenario, card.profile),
    defaultConfiguration: { level: 'warning' },
    properties: { tags: tagsOf(scenario, context, 'friction') },
  };
}

function help(scenario: ScenarioScore, profile: string): SarifRule['help'] {
  const command = testAgain(scenario, profile);
  return {
    ...sarifMessage(`Change the profile or its options, then test again: ${command}`),
    markdown: `Change the profile or its options, then test again: ${code(command)}`,
  };
}

/** The scenario's own tags name the failure patterns that it shows. */
function tagsOf({ id }: ScenarioScore, { origins }: SarifContext, kind: string): string[] {
  const own = (origins.get(id)?.tags ?? []).slice(0, MOST_TAGS).map(tag => safeText(tag, 64));
  return [...new Set([kind, ...own])];
}
