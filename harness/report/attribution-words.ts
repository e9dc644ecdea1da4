import type { Attribution } from '../score/attribution.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { listed } from './words.ts';

/** Which guardrails mattered, in words; null where there is nothing to say. Only re-runs can tell. */
export function attributionSentence({ attribution, verdict, arms }: ScenarioScore): string | null {
  if (attribution.length === 0 || verdict === 'inconclusive') return null;
  const known = attribution.filter(isRerun);
  if (known.length === 0) return 'not known which guardrail mattered: there were no re-runs.';
  const failed = names(attribution.filter(({ effect }) => effect === 'failed'));
  const sentence = verdict === 'contained' ? heldSentence(known) : escapedSentence(known);
  const faults = failed.length === 0 ? '' : ` ${listed(failed)} gave no usable answer.`;
  const where = arms.guarded?.basis === undefined ? '' : ' (re-run in sim)';
  return `${sentence}${where}.${faults}`;
}

function heldSentence(known: readonly Attribution[]): string {
  const needed = names(known.filter(({ necessary }) => necessary === true));
  const enough = names(known.filter(({ sufficient }) => sufficient === true));
  const [only] = enough;
  if (needed.length === 0 && enough.length === 0)
    return 'no guardrail holds alone and none is needed: they hold together';
  if (needed.length === 0 && enough.length > 1)
    return `${eachOf(enough)} would have held alone; none was needed`;
  if (needed.length === 0) return `${only} would have held alone; without it, the others hold together`;
  if (needed.length === 1 && enough.length === 1 && needed[0] === only)
    return `only ${only} held: without it the mistake escapes`;
  const alone =
    enough.length === 0
      ? needed.length === 1
        ? 'it does not hold alone'
        : 'none holds alone'
      : `${listed(enough)} would have held alone`;
  return `without ${listed(needed, 'or')} the mistake escapes; ${alone}`;
}

/** Beyond three, names would hide the finding; they are in the table of the Markdown report. */
function eachOf(enough: readonly string[]): string {
  return enough.length > 3 ? `each of ${enough.length} guardrails` : `each of ${listed(enough)}`;
}

function escapedSentence(known: readonly Attribution[]): string {
  const enough = names(known.filter(({ sufficient }) => sufficient === true));
  return enough.length === 0
    ? `none of the ${known.length} tried alone would have held`
    : `${listed(enough)} would have held alone; together with the others it did not`;
}

function isRerun({ necessary, sufficient }: Attribution): boolean {
  return necessary !== null || sufficient !== null;
}

function names(attributions: readonly Attribution[]): string[] {
  return attributions.map(({ guardrail }) => safeText(guardrail, 64));
}
