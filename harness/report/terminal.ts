import type { Scorecard } from '../score/scorecard.ts';
import { wrap } from './columns.ts';
import type { Paint } from './paint.ts';
import { safeText } from './safe-text.ts';
import { scenarioBlock } from './scenario-block.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';

export interface TerminalOptions {
  readonly paint?: Paint;
  /** Where the full report is; null when none was written. */
  readonly reportPath: string | null;
}

const WIDTH = 80;
const MOST_REASONS = 5;
const PLAIN: Paint = (_tone, text) => text;

/** What `run` prints at its end: one screen a scenario, at most 80 columns, complete without colour. */
export function renderTerminal(card: Scorecard, { paint = PLAIN, reportPath }: TerminalOptions): string {
  const many = card.seeds.length > 1 ? ` and ${card.seeds.length - 1} more` : '';
  const what = `Profile ${safeText(card.profile, 64)}, seed ${safeText(card.seed, 64)}${many}, stack ${safeText(card.stack, 32)}`;
  const scenarios = card.scenarios.flatMap((scenario, index) => [
    '',
    ...scenarioBlock(scenario, {
      paint,
      number: `${index + 1}/${card.scenarios.length}`,
      profile: card.profile,
    }),
  ]);
  return `${[...wrap(what), ...scenarios, '', '-'.repeat(WIDTH), ...endLines(card, { paint, reportPath })].join('\n')}\n`;
}

function endLines(card: Scorecard, { paint, reportPath }: Required<TerminalOptions>): string[] {
  const reasons = card.exit.reasons.slice(0, MOST_REASONS).map(({ because }) => safeText(because));
  const more = card.exit.reasons.length - reasons.length;
  const why = [...reasons, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  const never = card.neverRun.map(id => safeText(id, 64)).join(', ');
  const exit = `Exit ${card.exit.code} (${card.exit.name})${why === '' ? '' : `: ${why}`}.`;
  const tone = card.exit.code === 0 ? 'good' : 'bad';
  return [
    ...wrap(headline(card)).map(line => paint('strong', line)),
    ...wrap(worstLeft(card), { hanging: 2 }),
    ...wrap(frictionSentence(card), { hanging: 2 }),
    ...wrap(scoreSentence(card), { hanging: 2 }),
    ...(never === '' ? [] : wrap(`Never run: ${never}`, { hanging: 2 })),
    ...wrap(exit, { hanging: 2 }).map(line => paint(tone, line)),
    ...wrap(card.note).map(line => paint('dim', line)),
    ...(reportPath === null ? [] : [`Report: ${safeText(reportPath, 4_096)}`]),
  ];
}
