import type { ShownVerdict } from '../../review/overview.ts';
import type { ScenarioStory } from '../../review/run-story.ts';
import type { Tab } from '../ui-state.ts';
import type { Brush, BrushTone } from './brush.ts';

export const TAB_WORDS: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  timeline: 'Timeline',
  'blast-radius': 'Blast radius',
  layers: 'Layers',
  'what-to-change': 'What to change',
  compare: 'Compare',
};

/** Where the window is too narrow for the whole words. */
export const SHORT_TAB_WORDS: Readonly<Record<Tab, string>> = {
  ...TAB_WORDS,
  'blast-radius': 'Blast',
  'what-to-change': 'Change',
};

const SIGNS: Readonly<Record<ShownVerdict, string>> = {
  contained: '✓ CONTAINED',
  escaped: '✗ ESCAPED',
  inconclusive: '? INCONCLUSIVE',
  'not judged': '… NOT JUDGED',
};
const TONES: Readonly<Record<ShownVerdict, BrushTone>> = {
  contained: 'good',
  escaped: 'bad',
  inconclusive: 'warn',
  'not judged': 'warn',
};
/** Columns that the longest of them takes, and one more. */
export const VERDICT_WIDTH = 15;

export function verdictOf({ score }: ScenarioStory): ShownVerdict {
  return score?.verdict ?? 'not judged';
}

/** A verdict by sign, word and colour, in columns of one width. */
export function verdictText(verdict: ShownVerdict, brush: Brush, width = VERDICT_WIDTH): string {
  return brush(TONES[verdict], SIGNS[verdict].padEnd(width));
}

/** `Sev-1 → Sev-3`: without and with guardrails. */
export function severityText({ score }: ScenarioStory): string {
  if (score === null) return '';
  const word = (severity: number | null | undefined) =>
    severity === null || severity === undefined ? 'none' : `Sev-${severity}`;
  return `${word(score.arms.unguarded?.severity)} → ${word(score.arms.guarded?.severity)}`;
}
