import type { AdvisedChange } from '../../review/advice.ts';
import type { ScenarioOverview } from '../../review/overview.ts';
import type { RouteView, ScenarioChange } from '../../review/what-to-change.ts';
import { harmFigures } from '../harm-rows.ts';
import { armSentences } from '../scenario-lines.ts';
import { listed, plural } from '../words.ts';
import { command, facts, paragraph, sentences } from './blocks.ts';
import { html, type Markup, NOTHING, type Part } from './markup.ts';
import type { ScenarioParts } from './scenario-section.ts';

const MOST_HARMS = 4;
const MOST_FIGURES = 4;
const MOST_CHANGES = 10;
const MOST_ROUTES = 6;

/** What the agent did, what stopped it or did not, who was hurt, what to change. */
export function briefSection(parts: ScenarioParts): Markup {
  const { view, change } = parts;
  const answers: readonly (readonly [string, Part])[] = [
    ['What the agent did', deed(view)],
    ['What stopped it, or did not', stopped(view)],
    ['Who was hurt', hurt(parts)],
    ['What to change', change === null ? paragraph('Not judged.') : toChange(change)],
  ];
  return html`<div class="brief">${answers.map(
    ([title, text]) => html`<section><h3>${title}</h3>\n${text}</section>\n`,
  )}</div>\n`;
}

function deed({ who, task, did }: ScenarioOverview): Markup {
  const asked = who === null ? null : task === null ? who : `${who}, was asked: “${task}”`;
  return html`${paragraph(asked)}${paragraph(did === null ? 'No step was tried.' : `It did ${did}.`)}`;
}

function stopped({ guarded, attribution, caution, seeds, benign }: ScenarioOverview): Markup {
  return html`${paragraph(guarded)}${paragraph(attribution === null ? null : capital(attribution))}${paragraph(caution)}${facts(
    [
      ['Harmless twin', benign === null ? null : capital(benign)],
      ['Seeds', seeds],
    ],
  )}`;
}

function hurt({ story: { score }, view, run }: ScenarioParts): Markup {
  if (score === null) return paragraph('Nothing is judged yet.');
  const of = (arm: 'unguarded' | 'guarded') => {
    const figures = harmFigures(score, arm).slice(0, MOST_FIGURES);
    return sentences([
      ...armSentences(score.arms[arm]).slice(0, MOST_HARMS),
      ...(figures.length === 0 ? [] : [`${figures.join(', ')}.`]),
    ]);
  };
  return html`${facts([
    ['Without guardrails', of('unguarded')],
    [`With the profile ${run.profile}`, of('guarded')],
    ['Budget', view.budget === null ? null : capital(view.budget)],
  ])}`;
}

function toChange(change: ScenarioChange): Markup {
  if (change.need === 'nothing')
    return html`${paragraph('Nothing: it held, and let harmless work through.')}${paragraph(change.routes, 'quiet')}`;
  const { findings, advice, open, notTried, testAgain, id } = change;
  return html`${sentences(findings)}${advice === null ? null : advised(advice.changes, advice.tried, id)}${facts(
    [
      ['Routes that are open', routes(open)],
      ['Not tried', routes(notTried)],
    ],
  )}${paragraph('Test again:')}${command(`Command that tests ${id} again`, testAgain)}`;
}

function advised(changes: readonly AdvisedChange[], tried: number, id: string): Markup {
  if (changes.length === 0)
    return paragraph(`Of ${plural(tried, 'change')} that were tried by re-run, none flips the verdict.`);
  return html`<p>Changes that flip the verdict, the smallest first (${plural(tried, 'change')} tried by re-run):</p>
<ol>${changes
    .slice(0, MOST_CHANGES)
    .map(
      ({ summary, verdict, seeds, friction, command: again }, index) =>
        html`<li>${summary} (${seeds === '' ? verdict : seeds}${friction === '' ? '' : `; ${friction}`})${again === '' ? NOTHING : command(`Command of change ${index + 1} for ${id}`, again)}</li>\n`,
    )}</ol>\n`;
}

function routes(all: readonly RouteView[]): string | null {
  if (all.length === 0) return null;
  const shown = all.slice(0, MOST_ROUTES).map(({ door, verb }) => `${verb} (${door})`);
  const more = all.length - shown.length;
  return `${listed(more > 0 ? [...shown, `${more} more`] : shown)}.`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
