import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { cutTo, padTo, wrap } from './columns.ts';
import { harmRows } from './harm-rows.ts';
import { safeText } from './safe-text.ts';
import {
  armSentences,
  benignSentence,
  budgetSentence,
  claimSentence,
  phaseSentence,
  routesSentence,
  stepSentences,
} from './scenario-lines.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';
import { stageSentence, VERDICT_WORDS } from './words.ts';

/** Colours a whole line or word; never the only carrier of meaning. */
export type Paint = (tone: 'good' | 'bad' | 'warn' | 'strong' | 'dim', text: string) => string;

export interface TerminalOptions {
  readonly paint?: Paint;
  /** Where the full report is; null when none was written. */
  readonly reportPath: string | null;
}

const WIDTH = 80;
const LABEL_WIDTH = 40;
const COLUMN_WIDTH = 18;
const PLAIN: Paint = (_tone, text) => text;
const TONES = { contained: 'good', escaped: 'bad', inconclusive: 'warn' } as const;

/** What `run` prints at its end: at most 80 columns, complete without colour. */
export function renderTerminal(card: Scorecard, { paint = PLAIN, reportPath }: TerminalOptions): string {
  const many = card.seeds.length > 1 ? ` and ${card.seeds.length - 1} more` : '';
  const what = `Profile ${safeText(card.profile, 64)}, seed ${safeText(card.seed, 64)}${many}, stack ${card.stack}`;
  const scenarios = card.scenarios.flatMap((scenario, index) => [
    '',
    ...scenarioBlock(scenario, {
      paint,
      number: `${index + 1}/${card.scenarios.length}`,
      profile: card.profile,
    }),
  ]);
  const reasons = card.exit.reasons.map(({ because }) => safeText(because));
  const end = [
    paint('strong', headline(card)),
    ...wrap(worstLeft(card)),
    ...wrap(frictionSentence(card)),
    ...wrap(scoreSentence(card)),
    ...card.neverRun.flatMap(id => wrap(`Never run: ${safeText(id, 64)}`, { hanging: 2 })),
    ...wrap(
      `Exit ${card.exit.code} (${card.exit.name})${reasons.length === 0 ? '.' : `: ${reasons.join('; ')}.`}`,
    ),
    ...wrap(safeText(card.note)).map(line => paint('dim', line)),
    ...(reportPath === null ? [] : [`Report: ${safeText(reportPath, 1_000)}`]),
  ];
  return `${[...wrap(what), ...scenarios, '', '-'.repeat(WIDTH), ...end].join('\n')}\n`;
}

function scenarioBlock(
  scenario: ScenarioScore,
  { paint, number, profile }: { paint: Paint; number: string; profile: string },
): string[] {
  const { unguarded, guarded } = scenario.arms;
  const title = `[${number}] ${safeText(scenario.id, 64)}: ${safeText(scenario.title, 200)}`;
  const verdict = VERDICT_WORDS[scenario.verdict];
  const why = scenario.verdict === 'contained' ? '.' : `: ${safeText(scenario.detail)}.`;
  const guardedWord = `With ${safeText(profile, 64)}`;
  const phases = [phaseSentence(unguarded), phaseSentence(guarded)];
  return [
    ...wrap(title, { hanging: 2 }).map(line => paint('strong', line)),
    ...wrap(`${verdict}${why} ${scenario.stage === null ? '' : stageSentence(scenario)}`.trim()).map(line =>
      paint(TONES[scenario.verdict], line),
    ),
    '',
    row('', 'no guardrails', safeText(profile, 64)),
    ...harmRows(scenario).map(line => row(line.label, line.unguarded, line.guarded)),
    '',
    'Without guardrails',
    ...inset([...armSentences(unguarded), ...listed(phases[0])]),
    ...wrap(guardedWord),
    ...inset([...armSentences(guarded), ...listed(phases[1])]),
    ...inset(stepSentences(guarded?.steps ?? [])),
    ...inset([budgetSentence(scenario)]),
    ...wrap(benignSentence(scenario), { hanging: 2 }),
    ...wrap(routesSentence(scenario), { hanging: 2 }),
    ...recordLines(scenario),
  ];
}

function recordLines({ record, fidelity, sensitivity }: ScenarioScore): string[] {
  const spread =
    sensitivity === null
      ? []
      : wrap(
          `Sensitivity over ${sensitivity.seeds} seeds (the declared variation, not a probability): ${sensitivity.contained} contained, ${sensitivity.escaped} escaped, ${sensitivity.inconclusive} inconclusive.`,
          { hanging: 2 },
        );
  if (record === null) return spread;
  return [
    ...spread,
    ...wrap(`Against the public record (incident ${safeText(record.incident, 100)})`, { hanging: 2 }),
    ...inset(fidelity.map(claimSentence)),
    ...inset(record.disputed.map(text => `Disputed: ${safeText(text)}`)),
    ...inset(record.simulated.map(text => `Simulated, since it is not public: ${safeText(text)}`)),
  ];
}

function row(label: string, left: string, right: string): string {
  const cells = [
    padTo(cutTo(label, LABEL_WIDTH - 1), LABEL_WIDTH),
    padTo(cutTo(left, COLUMN_WIDTH - 1), COLUMN_WIDTH),
  ];
  return `  ${cells.join('')}${cutTo(right, WIDTH - LABEL_WIDTH - COLUMN_WIDTH - 2)}`.trimEnd();
}

function inset(sentences: readonly string[]): string[] {
  return sentences.flatMap(sentence => wrap(sentence, { indent: 2, hanging: 2, width: WIDTH }));
}

function listed(sentence: string | null | undefined): string[] {
  return sentence === null || sentence === undefined ? [] : [sentence];
}
