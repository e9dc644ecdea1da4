import { formatDuration } from '../kernel/duration.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';

/** `1,234,567`, the same in every locale. */
export function formatCount(count: number): string {
  const [whole = '0', fraction] = String(Math.round(count * 10) / 10).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Cents as money of the mock company: `1,234.50`. */
export function formatMoney(cents: number): string {
  const rounded = Math.round(cents);
  const rest = String(Math.abs(rounded % 100)).padStart(2, '0');
  return `${formatCount(Math.trunc(rounded / 100))}.${rest}`;
}

/** `97%`, `99.7%`. Never rounds up to 100%. */
export function formatShare(share: number): string {
  return `${Math.floor(share * 1_000 + 1e-6) / 10}%`;
}

/** A duration of an outage or a wait: none is `0 min`. */
export function formatTime(durationMs: number | null): string {
  if (durationMs === null) return 'not measured';
  return durationMs === 0 ? '0 min' : formatDuration(durationMs);
}

/** World time since the start of the arm: `0h40m`, `13h05m`. */
export function formatMoment(atMs: number): string {
  const minutes = Math.floor(atMs / 60_000);
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}

/** `1 door`, `4 doors`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], joiner: 'and' | 'or' = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${joiner} ${last}`;
}

/** `view-costs` → `view costs`. */
export function journeyWords(journey: string): string {
  return safeText(journey, 64).replaceAll('-', ' ');
}

export const VERDICT_WORDS = {
  contained: 'CONTAINED',
  escaped: 'ESCAPED',
  inconclusive: 'INCONCLUSIVE',
} as const;

/** Where the mistake ended, for somebody who does not know the stages' names. */
export function stageSentence({ stage }: ScenarioScore): string {
  if (stage === null) return 'Where the mistake ended is not known.';
  return STAGE_SENTENCES[stage];
}

/** `Shoppers in cn-north-1 could not view costs for 13h2m.` */
export function outageSentence(outage: { journey: string; region: string; durationMs: number }): string {
  const region = safeText(outage.region, 64);
  return `Shoppers in ${region} could not ${journeyWords(outage.journey)} for ${formatTime(outage.durationMs)}.`;
}

const STAGE_SENTENCES = {
  prevented: 'The mistake never took effect (prevented).',
  limited: 'The mistake took effect in part: a guardrail kept the rest away (limited).',
  'rolled-back': 'The mistake took effect, and a guardrail undid it (rolled-back).',
  'repaired-by-people': 'The mistake took effect, and people repaired it (repaired-by-people).',
  unrepaired: 'The mistake took effect, was noticed, and was never repaired (unrepaired).',
  undetected: 'The mistake took effect, and nobody noticed (undetected).',
} as const;

/** `2 escaped, 1 contained`: counts with their names, in the order given, without the zeros. */
export function namedCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
