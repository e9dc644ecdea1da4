import { formatDuration } from '../kernel/duration.ts';
import type { HarmName } from '../scenario/scenario-schema.ts';

/** Harms in words, for sentences. */
export const HARM_WORDS: Readonly<Record<HarmName, string>> = {
  outage: 'outage',
  failedJourneys: 'failed visits',
  ordersLost: 'orders lost',
  revenueLostCents: 'revenue lost (cents)',
  mispricedOrders: 'orders with a wrong price',
  mischargedCents: 'money charged wrongly (cents)',
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

/** An amount of a harm as text: a duration for outages, a figure for the others. */
export function amountWords(name: HarmName, amount: number): string {
  return name === 'outage' ? formatDuration(amount) : String(Math.round(amount * 100) / 100);
}
