import type { ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { formatTime, listed } from './words.ts';

/** How the verdict varies over the seeds, and which of them is shown; null for a single seed. */
export function sensitivitySentence({ sensitivity, seed }: ScenarioScore): string | null {
  if (sensitivity === null) return null;
  const { seeds, contained, escaped, inconclusive, guardedOutageMs } = sensitivity;
  const unclear = inconclusive > 0 ? `, ${inconclusive} inconclusive` : '';
  const spread =
    guardedOutageMs === null
      ? ''
      : `; outage with guardrails ${formatTime(guardedOutageMs.p5)} to ${formatTime(guardedOutageMs.p95)} (p5 to p95)`;
  return `${contained} of ${seeds} contained, ${escaped} escaped${unclear} (declared variation, no probability); shown: seed ${safeText(seed, 64)}, the worst${spread}.`;
}

/** Harm that only the guarded arm did; null where there is none. */
export function causedSentence({ guardrailCaused }: ScenarioScore): string | null {
  if (guardrailCaused.length === 0) return null;
  return `The guardrails did harm of their own (guardrail-caused): ${listed(guardrailCaused)}.`;
}
