import { formatDuration } from '../../kernel/duration.ts';
import type { Question } from '../../ports/deciders.ts';
import type { TableAsk } from '../../run/table.ts';
import type { HarmSoFar } from '../../run/table-view.ts';
import { printable } from '../../scenario/printable.ts';
import type { RoomLine } from './room-line.ts';

type Words = Pick<RoomLine, 'to' | 'kind' | 'text'>;

/** What is new at a moment, before anything is asked. */
export function newsWords({ news, behindNews, harm }: TableAsk): Words[] {
  return [
    ...news.map((text): Words => ({ to: 'everybody', kind: 'news', text })),
    ...behindNews.map((text): Words => ({ to: 'facilitators', kind: 'behind', text })),
    { to: 'facilitators', kind: 'harm', text: harmWords(harm) },
  ];
}

/** The oracle's counts; they are compared with the calm arm when the day is scored. */
export function harmWords(harm: HarmSoFar): string {
  const { visits, failedVisits, orders, mispricedOrders, mischargedCents, forbiddenEffects } = harm;
  return [
    `${failedVisits} of ${visits} visits failed`,
    `${orders} orders, ${mispricedOrders} of them at a wrong price`,
    `${mischargedCents} cents charged wrongly`,
    `${forbiddenEffects} forbidden changes`,
  ].join('; ');
}

/** The question with its numbered choices; what the simulated person would do is the facilitator's alone. */
export function questionWords(question: Question, atMs: number, seats: readonly string[]): Words[] {
  const { who, role, text, seen, choices, simulated } = question;
  const lines = [
    `DECISION at ${formatDuration(atMs)} for ${who} (${role}): ${text}`,
    ...seen.map(each => `    ${each}`),
    ...choices.map((choice, index) => `  ${index + 1}. ${choice.text}`),
  ];
  const place = choices.findIndex(({ id }) => id === simulated) + 1;
  return [
    { to: seats, kind: 'question', text: lines.map(line => printable(line, 500)).join('\n') },
    { to: 'facilitators', kind: 'question', text: `the simulated ${role} would choose ${place}` },
  ];
}

const MARKS: Readonly<Record<RoomLine['kind'], string>> = {
  begin: '== ',
  news: '',
  behind: '[facilitator] ',
  harm: '[facilitator] harm so far: ',
  inject: '>> ',
  question: '',
  choice: '-> ',
  note: '[note] ',
  end: '== ',
  close: '== ',
};

/** One thing shown or said, as a terminal prints it. */
export function lineWords({ kind, to, text }: Pick<RoomLine, 'kind' | 'to' | 'text'>): string {
  const mark = kind === 'question' && to === 'facilitators' ? '[facilitator] ' : MARKS[kind];
  return `${text
    .split('\n')
    .map(line => `${mark}${printable(line, 1_000)}`)
    .join('\n')}\n`;
}
