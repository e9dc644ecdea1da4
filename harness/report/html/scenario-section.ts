import type { OverviewView, ScenarioOverview } from '../../review/overview.ts';
import type { ScenarioStory } from '../../review/run-story.ts';
import type { ScenarioChange } from '../../review/what-to-change.ts';
import { basisSentence } from '../basis-words.ts';
import { anchorOf } from './anchor.ts';
import { paragraph, table } from './blocks.ts';
import { briefSection } from './brief-section.ts';
import { chartSections } from './chart-sections.ts';
import { detailSections } from './detail-sections.ts';
import type { Draw } from './draw.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { outageSections } from './outage-sections.ts';
import { verdictBadge } from './verdict-badge.ts';

export interface ScenarioParts {
  readonly story: ScenarioStory;
  readonly view: ScenarioOverview;
  readonly change: ScenarioChange | null;
  readonly run: OverviewView['run'];
}

/** One scenario: the four answers, who was hurt, the pictures, then everything that they rest on. */
export async function scenarioSection(parts: ScenarioParts, draw: Draw): Promise<Markup> {
  const { view } = parts;
  const { score } = parts.story;
  const anchor = anchorOf(view.id);
  return html`<article aria-labelledby="${anchor}">
<h2 id="${anchor}">${view.title}</h2>
<p class="lead">${verdictBadge(view)} <code>${view.id}</code></p>
<p class="why">${view.stage === null ? view.why : `${view.stage} ${view.why}`}</p>
${briefSection(parts)}${harmSection(parts)}${await chartSections(parts.story, view, draw)}${
  score === null ? null : outageSections(view.id, score)
}${detailSections(parts)}</article>
`;
}

function harmSection({ view: { id, harms }, story: { score }, run }: ScenarioParts): Markup {
  if (harms.length === 0) return NOTHING;
  return html`<h3>Harm, without guardrails and with them</h3>
${table({
  name: `Harm in ${id}`,
  head: ['Harm', 'No guardrails', run.profile],
  rows: harms.map(({ label, unguarded, guarded, isLeft }) => [
    label,
    unguarded,
    isLeft ? html`<strong class="bad">${guarded}</strong>` : guarded,
  ]),
  figures: [1, 2],
})}${paragraph(score === null ? null : basisSentence(score), 'quiet')}`;
}
