import type { Arm } from '../../journal/events.ts';
import { HarnessError } from '../../kernel/errors.ts';
import { safeText } from '../../report/safe-text.ts';
import { blastRadius } from '../blast-radius.ts';
import { compareArms, compareRuns } from '../compare.ts';
import { layers } from '../layers.ts';
import { overview } from '../overview.ts';
import type { RunStory, ScenarioStory } from '../run-story.ts';
import { timeline } from '../timeline.ts';
import { whatToChange } from '../what-to-change.ts';
import type { PageOptions } from './page.ts';
import { printBlastRadius } from './print-blast-radius.ts';
import { printArms, printCompare } from './print-compare.ts';
import { printLayers } from './print-layers.ts';
import { printOverview } from './print-overview.ts';
import { printTimeline, TIMELINE_GUTTER } from './print-timeline.ts';
import { printWhatToChange } from './print-what-to-change.ts';
import type { PrintedView } from './views.ts';

export interface ViewRequest extends PageOptions {
  readonly view: PrintedView;
  /** How the run's folder is called on the command line. */
  readonly directory: string;
  /** Only this scenario; null: all of them. */
  readonly scenario: string | null;
  /** Only this arm; null: the mistake's two arms. */
  readonly arm: Arm | null;
  /** World time of the blast radius; null: at its worst. */
  readonly atMs: number | null;
  /** The earlier run to compare with; null: the two arms of the mistake are compared. */
  readonly against: RunStory | null;
}

/** Any view of a run as text. Throws a `usage` error for a scenario or an arm that the run does not have. */
export function printView(story: RunStory, request: ViewRequest): string {
  const shown = { ...story, scenarios: chosen(story, request.scenario) };
  switch (request.view) {
    case 'overview':
      return printOverview(overview(shown), request);
    case 'what-to-change':
      return printWhatToChange(whatToChange(shown, request.directory), story.facts.runId, request);
    case 'compare':
      if (request.against !== null) {
        const before =
          request.scenario === null ? request.against : narrowed(request.against, request.scenario);
        return printCompare(compareRuns(before, shown), request);
      }
      return each(shown, scenario =>
        printArms(compareArms(scenario, 'unguarded', 'guarded'), ['unguarded', 'guarded'], request),
      );
    case 'timeline':
      return each(shown, scenario => timelineText(scenario, request));
    case 'blast-radius':
      return each(shown, scenario => blastText(scenario, request));
    case 'layers':
      return each(shown, scenario => printLayers(layers(scenario), nameOf(scenario), request));
  }
}

function timelineText(scenario: ScenarioStory, request: ViewRequest): string {
  const view = timeline(scenario.arms, scenario.score, {
    columns: request.width - TIMELINE_GUTTER,
    ...(request.arm === null ? {} : { arms: [request.arm] }),
  });
  return printTimeline(view, nameOf(scenario), request);
}

function blastText(scenario: ScenarioStory, { arm, atMs, ...options }: ViewRequest): string {
  const arms: readonly Arm[] = arm === null ? ['unguarded', 'guarded'] : [arm];
  const views = arms.flatMap(name => {
    const state = scenario.arms[name];
    const score = name === 'unguarded' || name === 'guarded' ? (scenario.score?.arms[name] ?? null) : null;
    return state === undefined ? [] : [blastRadius(state, { calm: scenario.arms.calm ?? null, score, atMs })];
  });
  return printBlastRadius(views, nameOf(scenario), options);
}

function each(story: RunStory, print: (scenario: ScenarioStory) => string): string {
  if (story.scenarios.length === 0) return 'This run has no scenario that can be read.\n';
  return story.scenarios.map(print).join('\n');
}

/** The names of a scenario, safe to show. */
function nameOf({ id, score, arms }: ScenarioStory): { id: string; title: string } {
  const title = score?.title ?? Object.values(arms)[0]?.identity?.scenario.title ?? '';
  return { id: safeText(id, 64), title: safeText(title, 200) };
}

function chosen(story: RunStory, id: string | null): readonly ScenarioStory[] {
  if (id === null) return story.scenarios;
  const found = story.scenarios.filter(scenario => scenario.id === id);
  if (found.length > 0) return found;
  const names = story.scenarios.map(scenario => safeText(scenario.id, 64)).join(', ');
  throw new HarnessError('usage', {
    message: `could not show the scenario ${safeText(id, 64)}: the run does not have it`,
    hint: names === '' ? 'The run has no scenario that can be read.' : `It has: ${names}.`,
  });
}

function narrowed(story: RunStory, id: string): RunStory {
  return { ...story, scenarios: story.scenarios.filter(scenario => scenario.id === id) };
}
