import { printable } from '../scenario/printable.ts';
import type { ArmExchange } from './arm-job.ts';

/** What `explain --json` prints. */
export interface Explanation {
  readonly schema: 'brakecheck/explanation/v1';
  readonly scenario: string;
  readonly profile: string;
  readonly arm: 'guarded' | 'benign';
  readonly seed: string;
  readonly exchanges: readonly ArmExchange[];
}

/** Longest line of a request or reply that is shown whole. */
const LONGEST_LINE = 2_000;

/** Each exchange for people: what was sent, what came, what was made of it. Safe for a terminal. */
export function explainText({ scenario, profile, arm, seed, exchanges }: Explanation): string {
  const heading = `${scenario}, arm ${arm}, profile ${profile}, seed=${seed}: ${exchanges.length} questions`;
  if (exchanges.length === 0) return `${heading}. No guardrail of the profile was asked anything.\n`;
  return [heading, '', ...exchanges.flatMap((exchange, index) => block(exchange, index + 1))].join('\n');
}

function block(exchange: ArmExchange, number: number): readonly string[] {
  const { guardrail, about, subject, asked, isOutside, request, response, answer, countedAs } = exchange;
  const what = about === 'action' ? asked : `gate of the roll-out of ${asked}`;
  const constraints = 'constraints' in answer ? [`  limits   ${json(answer.constraints)}`] : [];
  const approval = 'approval' in answer ? [`  asks for ${json(answer.approval)}`] : [];
  return [
    `${number}. ${printable(guardrail, 64)}: ${printable(what, 200)} (${printable(subject, 100)})`,
    ...part(isOutside ? 'sent' : 'sees', request, isOutside ? 'nothing was sent' : ''),
    ...(isOutside ? part('received', response, 'nothing came back') : []),
    `  answer   ${answer.effect}${answer.effect === 'error' ? ` (${answer.fault})` : ''}: ${printable(answer.reason, 500)}`,
    ...constraints,
    ...approval,
    `  counted  as ${countedAs}`,
    '',
  ];
}

function part(label: string, value: unknown, whenNone: string): readonly string[] {
  if (value === null) return [`  ${label.padEnd(8)} ${whenNone}`];
  return [
    `  ${label}`,
    ...json(value, 2)
      .split('\n')
      .map(line => `    ${printable(line, LONGEST_LINE)}`),
  ];
}

function json(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent);
}
