import type { Scorecard } from '../score/scorecard.ts';
import { type JunitCase, junitCases } from './junit-cases.ts';
import { escapeXml, safeText } from './safe-text.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';

/**
 * The report as JUnit XML, in the form that the schema of Jenkins' xUnit plug-in (junit-10) takes: a weakness is a
 * failure, what cannot be told is an error, what was never run is skipped. `time` is 0: journals hold world time, which
 * is no run time.
 */
export function renderJunit(card: Scorecard): string {
  const cases = junitCases(card);
  const count = (result: JunitCase['result']) => cases.filter(one => one.result === result).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
  const suite = `${safeText(card.profile, 64)} on ${safeText(card.stack, 32)}`;
  const out = [headline(card), worstLeft(card), frictionSentence(card), scoreSentence(card), card.note];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="brakecheck" ${totals} time="0">`,
    `  <testsuite name="${attribute(suite)}" ${totals} skipped="${count('skipped')}" time="0">`,
    ...propertyLines(card),
    ...cases.flatMap(one => caseLines(one, card.profile)),
    `    <system-out>${textOf(out, 1_000)}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const MOST_SEEDS = 20;

/** What the suite ran with: reports are compared only where suite and stack are the same. */
function propertyLines({ runId, profile, stack, seeds, suiteHash, exit }: Scorecard): string[] {
  const more = seeds.length > MOST_SEEDS ? ` and ${seeds.length - MOST_SEEDS} more` : '';
  const properties = {
    run: runId,
    profile,
    stack,
    seeds: `${seeds
      .slice(0, MOST_SEEDS)
      .map(seed => safeText(seed, 64))
      .join(', ')}${more}`,
    suiteHash,
    exit: `${exit.code} ${exit.name}`,
  };
  const lines = Object.entries(properties).map(
    ([name, value]) => `      <property name="${name}" value="${escapeXml(safeText(value, 1_500))}"/>`,
  );
  return ['    <properties>', ...lines, '    </properties>'];
}

function caseLines({ name, result, type, message, details }: JunitCase, profile: string): string[] {
  const open = `    <testcase classname="${attribute(`brakecheck.${profile}`)}" name="${attribute(name)}" time="0"`;
  if (result === 'passed') return [`${open}/>`];
  const tag = `${result} type="${attribute(type)}" message="${attribute(message)}"`;
  const body = details.length === 0 ? '/>' : `>${textOf(details)}</${result}>`;
  return [`${open}>`, `      <${tag}${body}`, '    </testcase>'];
}

/** Lines of text; each is made safe by itself, so that only our own line ends are left. */
function textOf(lines: readonly string[], maxLength?: number): string {
  return lines.map(line => escapeXml(safeText(line, maxLength))).join('\n');
}

function attribute(text: string): string {
  return escapeXml(safeText(text));
}
