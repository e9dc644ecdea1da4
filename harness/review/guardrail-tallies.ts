import type { JournalLine } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';

/** What one guardrail answered over the whole arm, in numbers. */
export interface GuardrailTally {
  readonly guardrail: string;
  /** Answers of any kind. */
  readonly answers: number;
  readonly allowed: number;
  readonly narrowed: number;
  readonly approvalsDemanded: number;
  readonly denied: number;
  /** Pauses of roll-outs that it held, and roll-outs that it took back. */
  readonly held: number;
  readonly rolledBack: number;
  /** Containment orders, and those that were carried out. */
  readonly orders: number;
  readonly ordersDone: number;
  readonly alarms: number;
  /** Answers that were no answer: it threw, timed out, or made no sense. */
  readonly faults: number;
}

const MOST_GUARDRAILS = 128;

const NONE: Omit<GuardrailTally, 'guardrail'> = {
  answers: 0,
  allowed: 0,
  narrowed: 0,
  approvalsDemanded: 0,
  denied: 0,
  held: 0,
  rolledBack: 0,
  orders: 0,
  ordersDone: 0,
  alarms: 0,
  faults: 0,
};

type Countable = Exclude<keyof GuardrailTally, 'guardrail'>;

export function talliesOf(guardrails: readonly { readonly id: string }[]): GuardrailTally[] {
  return guardrails.map(({ id }) => ({ guardrail: id, ...NONE }));
}

/** Counts what the line says of a guardrail, in place. */
export function tally(tallies: GuardrailTally[], line: JournalLine): void {
  if (line.type === 'guardrail-answered') {
    const fields: Countable[] = ['answers'];
    const counted = COUNTED[line.countedAs];
    if (counted !== undefined) fields.push(counted);
    if (line.answer.effect === 'error' || line.answer.effect === 'undefined') fields.push('faults');
    add(tallies, line.guardrail, fields);
  } else if (line.type === 'containment') {
    add(tallies, line.guardrail, line.result === 'done' ? ['orders', 'ordersDone'] : ['orders']);
  } else if (line.type === 'alarm' && line.phase === 'fired' && line.source !== 'ordinary') {
    add(tallies, line.source, ['alarms']);
  }
}

/** Orders are counted where they are carried out. */
const COUNTED: Readonly<Record<string, Countable>> = {
  allow: 'allowed',
  narrow: 'narrowed',
  'require-approval': 'approvalsDemanded',
  deny: 'denied',
  hold: 'held',
  'roll-back': 'rolledBack',
};

function add(tallies: GuardrailTally[], name: string, fields: readonly Countable[]): void {
  const guardrail = safeText(name, 64);
  const found = tallies.findIndex(one => one.guardrail === guardrail);
  if (found === -1 && tallies.length >= MOST_GUARDRAILS) return;
  const at = found === -1 ? tallies.length : found;
  const before = tallies[at] ?? { guardrail, ...NONE };
  tallies[at] = { ...before, ...Object.fromEntries(fields.map(field => [field, before[field] + 1])) };
}
