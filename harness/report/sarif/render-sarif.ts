import type { Scorecard } from '../../score/scorecard.ts';
import { escapeJsonText, safeText } from '../safe-text.ts';
import type { SarifContext, SarifFile } from './origin.ts';
import { sarifInvocation } from './sarif-invocation.ts';
import { sarifResults } from './sarif-results.ts';
import { sarifRules } from './sarif-rules.ts';
import { sarifMessage } from './sarif-text.ts';

/** The address by which the standard names its own schema (OASIS SARIF 2.1.0, 3.13.3). */
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report as SARIF 2.1.0, for code-scanning services: an escape is a result at the step of the scenario's file that
 * erred. The same scorecard and files give the same text. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 */
export function renderSarif(card: Scorecard, context: SarifContext): string {
  const [, version = '0'] = context.tool.split('/');
  const driver = {
    name: 'Brakecheck',
    version,
    semanticVersion: version,
    rules: sarifRules(card, context),
  };
  const run = {
    tool: { driver },
    // Up to the last slash it is the category: two profiles do not replace each other's results.
    automationDetails: { id: `brakecheck/${safeText(card.profile, 64)}/${safeText(card.runId, 100)}` },
    invocations: [sarifInvocation(card, context)],
    originalUriBaseIds: bases(card, context),
    columnKind: 'utf16CodeUnits',
    results: sarifResults(card, context),
    properties: runProperties(card),
  };
  return `${escapeJsonText(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2))}\n`;
}

function bases({ scenarios }: Scorecard, { origins, journal }: SarifContext) {
  const files: (SarifFile | null)[] = scenarios.flatMap(({ id, arms }) => [
    origins.get(id)?.file ?? null,
    arms.guarded === null ? null : journal(arms.guarded.journal),
  ]);
  const used = new Set(files.flatMap(file => file?.base ?? []));
  return Object.fromEntries(
    [...used].map(base => [base, { description: sarifMessage(BASE_WORDS[base]) }] as const),
  );
}

const BASE_WORDS = {
  SRCROOT: 'The folder in which the command was given.',
  BRAKECHECK: 'The folder of the program.',
} as const;

function runProperties({ profile, stack, seeds, suiteHash, score, friction, note }: Scorecard) {
  return {
    profile: safeText(profile, 64),
    stack: safeText(stack, 32),
    seeds: seeds.slice(0, 20).map(seed => safeText(seed, 64)),
    suiteHash: safeText(suiteHash, 100),
    score,
    friction: { letThrough: friction.letThrough, changes: friction.changes },
    note: safeText(note),
  };
}
