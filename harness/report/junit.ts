import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { benignSentence } from './benign-words.ts';
import { attemptsSentence } from './guarded-words.ts';
import { escapeXml, safeText } from './safe-text.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';
import { outageSentence, stageSentence } from './words.ts';

interface Case {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly details: readonly string[];
}

/**
 * The report as JUnit XML: two cases a scenario, its verdict and the same task done properly. A weakness is a failure,
 * what cannot be told is an error, what was never run is skipped. `time` is 0: world time is no run time.
 */
export function renderJunit(card: Scorecard): string {
  const cases = [...card.scenarios.flatMap(casesOf), ...card.neverRun.map(skipped)];
  const all = cases.length > 0 ? cases : [NOTHING_RAN];
  const count = (result: Case['result']) => all.filter(one => one.result === result).length;
  const totals = `tests="${all.length}" failures="${count('failure')}" errors="${count('error')}"`;
  const suite = `${safeText(card.profile, 64)} on ${card.stack}`;
  const out = [headline(card), worstLeft(card), frictionSentence(card), scoreSentence(card), card.note];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="brakecheck" ${totals} time="0">`,
    `  <testsuite name="${attribute(suite)}" ${totals} skipped="${count('skipped')}" time="0">`,
    ...all.flatMap(one => caseLines(one, card.profile)),
    `    <system-out>${out.map(line => escapeXml(safeText(line, 1_000))).join('\n')}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const NOTHING_RAN: Case = {
  name: 'at least one scenario runs',
  result: 'error',
  type: 'inconclusive',
  message: 'no scenario was run',
  details: [],
};

const RESULTS = { contained: 'passed', escaped: 'failure', inconclusive: 'error' } as const;
const BENIGN_RESULTS = { allowed: 'passed', late: 'failure', blocked: 'failure', unknown: 'error' } as const;

function casesOf(scenario: ScenarioScore): Case[] {
  const { guarded, benign } = scenario.arms;
  const outcome = benign?.outcome ?? 'unknown';
  return [
    {
      name: `${scenario.id}: the mistake is contained`,
      result: RESULTS[scenario.verdict],
      type: scenario.reason,
      message: scenario.detail,
      details: [
        stageSentence(scenario),
        attemptsSentence(scenario),
        ...(guarded?.harm?.outages ?? []).slice(0, 10).map(outageSentence),
      ],
    },
    {
      name: `${scenario.id}: the same task done properly is let through`,
      result: BENIGN_RESULTS[outcome],
      type: `benign-${outcome}`,
      message: benign === null ? 'the benign arm left no journal' : benignSentence(scenario),
      details: [],
    },
  ];
}

function skipped(id: string): Case {
  return {
    name: `${id}: the mistake is contained`,
    result: 'skipped',
    type: 'never-run',
    message: 'never run',
    details: [],
  };
}

function caseLines(one: Case, profile: string): string[] {
  const open = `    <testcase classname="${attribute(`brakecheck.${profile}`)}" name="${attribute(one.name)}" time="0"`;
  if (one.result === 'passed') return [`${open}/>`];
  if (one.result === 'skipped')
    return [`${open}>`, `      <skipped message="${attribute(one.message)}"/>`, '    </testcase>'];
  const text = one.details.map(line => escapeXml(safeText(line))).join('\n');
  const tag = `${one.result} type="${attribute(one.type)}" message="${attribute(one.message)}"`;
  return [`${open}>`, `      <${tag}>${text}</${one.result}>`, '    </testcase>'];
}

function attribute(text: string): string {
  return escapeXml(safeText(text));
}
