import type { Outage } from '../../score/outages.ts';
import type { ArmScore, ScenarioScore } from '../../score/scorecard.ts';
import { mergePhases } from '../phase-words.ts';
import { safeText } from '../safe-text.ts';
import { formatShare, formatTime, outageSentence, plural } from '../words.ts';
import { folded, paragraph, table } from './blocks.ts';
import { html, type Markup, NOTHING } from './markup.ts';

const MOST_OUTAGES = 6;
const MOST_PHASES = 24;
const BAR = 120;

/** The longest outages of each arm, parted into phases, each marked by where its duration comes from. */
export function outageSections(id: string, { arms }: ScenarioScore): Markup {
  const shown = (['unguarded', 'guarded'] as const).map(arm => {
    const score = arms[arm];
    return score === null ? NOTHING : armOutages(score, `${arm} arm of ${id}`);
  });
  if (shown.every(({ markup }) => markup === '')) return NOTHING;
  const isLive = arms.unguarded?.basis !== undefined || arms.guarded?.basis !== undefined;
  return html`<h3>Outages by phase</h3>\n${paragraph(isLive ? LIVE_LEGEND : LEGEND, 'quiet')}${shown}`;
}

const DECLARED = 'Declared: a person’s or a queue’s time, an input (simulated).';
const LEGEND = `Mechanism: lived through by programs, and measured. ${DECLARED}`;
const LIVE_LEGEND = `Charged: a mechanism’s modelled time on a live stack. ${DECLARED} Extrapolated: a sample’s rate held until the next sample. The rest is measured.`;

/** The longest one is shown, since the others mostly repeat its phases. */
function armOutages(score: ArmScore, name: string): Markup {
  const outages = score.harm?.outages ?? [];
  const all = outages
    .slice(0, MOST_OUTAGES)
    .map((outage, index) => outageSection(outage, { index, score, name }));
  const more = outages.length - MOST_OUTAGES;
  const others = html`${all.slice(1)}${more > 0 ? paragraph(`And ${plural(more, 'shorter outage')}.`, 'quiet') : null}`;
  return html`${all.slice(0, 1)}${folded(`Other outages of the ${name} (${outages.length - 1})`, others)}`;
}

function outageSection(
  outage: Outage,
  { index, score, name }: { index: number; score: ArmScore; name: string },
): Markup {
  const isGuess = score.basis?.harm.outages === 'extrapolated';
  const lead = html`<strong>${capital(name)}:</strong> ${outageSentence(outage)}${isGuess ? ' Its length is extrapolated.' : null}`;
  const place = { name: `Phases of outage ${index + 1}, ${name}`, isLive: score.basis !== undefined };
  return html`<p>${lead}</p>\n${phaseTable(outage, place)}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function phaseTable(outage: Outage, { name, isLive }: { name: string; isLive: boolean }): Markup {
  const phases = mergePhases(outage.phases).slice(0, MOST_PHASES);
  const totalMs = Math.max(1, outage.durationMs);
  return table({
    name,
    head: ['Phase', 'Kind', 'Duration', 'Share'],
    rows: phases.map(({ name: phase, durationMs, kind }) => [
      safeText(phase, 60),
      html`<span class="kind ${kind}">${isLive ? LIVE_KINDS[kind] : KINDS[kind]}</span>`,
      formatTime(durationMs),
      html`${bar(durationMs / totalMs, kind)} ${formatShare(Math.min(1, durationMs / totalMs))}`,
    ]),
    figures: [2],
  });
}

const KINDS = {
  mechanism: 'mechanism',
  declared: 'declared',
  mixed: 'part declared, part mechanism',
} as const;
const LIVE_KINDS = {
  mechanism: 'charged',
  declared: 'declared',
  mixed: 'part declared, part charged',
} as const;

/** The share as a bar; the figure beside it says the same. */
function bar(share: number, kind: string): Markup {
  const width = Math.max(1, Math.round(Math.min(1, share) * BAR));
  return html`<svg class="bar" aria-hidden="true" width="${BAR}" height="10" viewBox="0 0 ${BAR} 10"><rect class="rest" width="${BAR}" height="10"/><rect class="${kind}" width="${width}" height="10"/></svg>`;
}
