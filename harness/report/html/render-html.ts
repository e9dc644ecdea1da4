import { overview } from '../../review/overview.ts';
import type { RunStory } from '../../review/run-story.ts';
import { whatToChange } from '../../review/what-to-change.ts';
import type { Scorecard } from '../../score/scorecard.ts';
import { againSection } from './again-section.ts';
import { openDraw } from './draw.ts';
import { html, type Markup } from './markup.ts';
import { page } from './page.ts';
import { sensitivitySection, tradeOffSection } from './run-sections.ts';
import { type ScenarioParts, scenarioSection } from './scenario-section.ts';
import { type Screenshots, screenshotSection } from './screenshot-section.ts';
import { summarySection } from './summary-section.ts';

export interface HtmlOptions {
  readonly screenshots: Screenshots;
  /** The scorecards of other profiles that were run beside this one, for containment against friction. */
  readonly compared: readonly Scorecard[];
}

/** `report.html`: one file that needs no network, no script and no other file. The same story gives the same bytes. */
export async function renderHtml(story: RunStory, { screenshots, compared }: HtmlOptions): Promise<string> {
  const draw = await openDraw();
  const view = overview(story);
  // The page tells its reader to stand in the run's folder.
  const { scenarios: changes, adviseCommand } = whatToChange(story, '.');
  const articles: Markup[] = [];
  for (const [index, scenario] of story.scenarios.entries()) {
    const shown = view.scenarios[index];
    if (shown === undefined) continue;
    const change = changes.find(({ id }) => id === shown.id) ?? null;
    const parts: ScenarioParts = { story: scenario, view: shown, change, run: view.run };
    articles.push(await scenarioSection(parts, draw));
  }
  const { card } = story;
  const body = html`${summarySection(view)}${articles}${
    card === null
      ? null
      : [await tradeOffSection([card, ...compared], draw), await sensitivitySection(card, draw)]
  }${screenshotSection(screenshots)}${againSection({ run: view.run, adviseCommand })}</main>
`;
  return page({ title: `${view.headline ?? 'Not judged'} ${view.run.profile}, ${view.run.runId}`, body });
}
