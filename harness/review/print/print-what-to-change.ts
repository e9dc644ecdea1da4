import { listed, plural } from '../../report/words.ts';
import type { AdvisedChange } from '../advice.ts';
import type { RouteView, ScenarioChange, WhatToChangeView } from '../what-to-change.ts';
import { heading, item, labelled, type PageOptions, page, paragraph, title } from './page.ts';

const NEED_WORDS: Readonly<Record<ScenarioChange['need'], string>> = {
  escaped: '✗ ESCAPED',
  'over-blocked': '✗ OVER-BLOCKED',
  inconclusive: '? INCONCLUSIVE',
  'not judged': '… NOT JUDGED',
  nothing: '✓ NOTHING TO CHANGE',
};
const NEED_TONES = {
  escaped: 'bad',
  'over-blocked': 'bad',
  inconclusive: 'warn',
  'not judged': 'warn',
  nothing: 'good',
} as const;
const MOST_ROUTES = 12;
const MOST_CHANGES = 5;

/** What to do about each scenario, those that need it most first. */
export function printWhatToChange(view: WhatToChangeView, runId: string, options: PageOptions): string {
  return page([
    ...title(`${runId}: what to change`, options),
    ...paragraph(`Profile ${view.profile}.`, options),
    ...view.scenarios.flatMap(scenario => ['', ...scenarioLines(scenario, options)]),
    ...(view.together === null
      ? []
      : ['', heading('All at once', options), ...changeLines(view.together, '-', options)]),
    ...(view.adviseCommand === null
      ? []
      : [
          '',
          ...paragraph('Which changes flip a verdict is found by re-runs:', options),
          `  ${view.adviseCommand}`,
        ]),
  ]);
}

function scenarioLines(scenario: ScenarioChange, options: PageOptions): string[] {
  const { id, need, findings, advice } = scenario;
  return [
    heading(`${id}: ${scenario.title}`, options),
    `  ${options.paint(NEED_TONES[need], NEED_WORDS[need])}`,
    ...findings.flatMap(finding => item('-', finding, options)),
    ...(advice === null ? [] : adviceLines(advice, options)),
    ...labelled('Routes', scenario.routes, options),
    ...(need === 'nothing' ? [] : labelled('Open', routeList(scenario.open), options)),
    ...(need === 'nothing' ? [] : labelled('Not tried', routeList(scenario.notTried), options)),
    // A command is copied whole: it is never broken into lines.
    ...(need === 'nothing' ? [] : [`  ${'Test again'.padEnd(12)}${scenario.testAgain}`]),
  ];
}

function adviceLines(advice: NonNullable<ScenarioChange['advice']>, options: PageOptions): string[] {
  const { changes, tried, note } = advice;
  if (changes.length === 0 && tried === 0) return note === '' ? [] : item('-', note, options);
  if (changes.length === 0)
    return item('-', `Of ${plural(tried, 'change')} that were tried, none flips the verdict.`, options);
  const more = changes.length - MOST_CHANGES;
  return [
    `  Changes that flip the verdict, the smallest first (${plural(tried, 'change')} tried):`,
    ...changes
      .slice(0, MOST_CHANGES)
      .flatMap((change, index) => changeLines(change, `${index + 1}.`, options)),
    ...(more > 0 ? [`  ${plural(more, 'more change')}: see advice.json.`] : []),
  ];
}

/** Lines of the profile and the command are copied whole: they are never broken. */
function changeLines(
  { summary, friction, verdict, seeds, diff, command }: AdvisedChange,
  mark: string,
  options: PageOptions,
): string[] {
  const came = seeds === '' ? verdict : seeds;
  return [
    ...item(mark, `${summary} (${came}${friction === '' ? '' : `; ${friction}`})`, options, 4),
    ...diff.map(line => `       ${line}`),
    ...(command === '' ? [] : [`       ${command}`]),
  ];
}

function routeList(routes: readonly RouteView[]): string {
  if (routes.length === 0) return 'none';
  const shown = routes.slice(0, MOST_ROUTES).map(({ door, verb }) => `${verb} (${door})`);
  const more = routes.length - shown.length;
  return `${listed(more > 0 ? [...shown, `${more} more`] : shown)}.`;
}
