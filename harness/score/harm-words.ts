import { formatDuration } from '../kernel/duration.ts';
import type { HarmName } from '../scenario/scenario-schema.ts';

/** Harms in words, for sentences. */
export const HARM_WORDS: Readonly<Record<HarmName, string>> = {
  outage: 'outage',
  failedJourneys: 'failed visits',
  ordersLost: 'orders lost',
  revenueLostCents: 'revenue lost',
  mispricedOrders: 'orders with a wrong price',
  mischargedCents: 'money charged wrongly',
  wrongPromises: 'wrong delivery promises',
  offPolicyAnswers: 'answers against policy',
  rowsLost: 'rows lost at the end',
  rowsLostWorst: 'rows lost at worst',
  rowsCorrupted: 'rows corrupted at the end',
  rowsCorruptedWorst: 'rows corrupted at worst',
  cellsDestroyed: 'environments destroyed',
  backupsDestroyed: 'backups destroyed',
  forbiddenEffects: 'forbidden changes made',
  computeTaken: 'computing power taken',
  cellsAffected: 'services affected',
};

/** An amount of a harm as text: a duration for outages, money for what is counted in cents, a figure for the others. */
export function amountWords(name: HarmName, amount: number): string {
  if (name === 'outage') return formatDuration(amount);
  return name.endsWith('Cents') ? moneyWords(amount) : String(Math.round(amount * 100) / 100);
}

/** `48,085.68`. */
function moneyWords(cents: number): string {
  const [whole = '0', part = '00'] = (Math.round(cents) / 100).toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}
