import { plural } from '../../report/words.ts';
import type { ChangedFigure, CompareView, ScenarioDifference } from '../compare.ts';
import { heading, item, labelled, type PageOptions, page, paragraph, table, title } from './page.ts';

/** Changes by sign and word. */
export const CHANGE_SIGNS: Readonly<Record<ChangedFigure['change'], string>> = {
  better: '▲ better',
  worse: '▼ worse',
  same: '= same',
  other: '≠ changed',
};

/** Two runs side by side. */
export function printCompare(view: CompareView, options: PageOptions): string {
  const { before, after } = view;
  const issues = [
    ...view.discovered.map(issue => item('✗', `discovered: ${issue}`, options)),
    ...view.fixed.map(issue => item('✓', `fixed: ${issue}`, options)),
  ].flat();
  return page([
    ...title(`${before.runId} → ${after.runId}: compared`, options),
    ...paragraph(
      `Harm is what was left with guardrails. Before: profile ${before.profile}, seed ${before.seed}. After: profile ${after.profile}, seed ${after.seed}.`,
      options,
    ),
    ...(view.refusal === null ? [] : paragraph(`✗ NOT COMPARED: ${view.refusal}`, options)),
    ...view.leftOut.flatMap(text => item('!', `left out: ${text}`, options, 0)),
    ...(view.refusal === null
      ? ['', ...(issues.length === 0 ? ['No issue was discovered or fixed.'] : issues)]
      : []),
    ...(view.figures.length === 0
      ? []
      : ['', heading('The whole run', options), ...figures(view.figures, ['before', 'after'], options)]),
    ...view.scenarios.flatMap(scenario => ['', ...scenarioLines(scenario, ['before', 'after'], options)]),
  ]);
}

/** Two arms of one scenario side by side. */
export function printArms(
  difference: ScenarioDifference,
  sides: readonly [string, string],
  options: PageOptions,
): string {
  return page([
    ...title(`${difference.id}: ${sides[0]} and ${sides[1]} compared`, options),
    ...scenarioLines(difference, sides, options),
  ]);
}

function scenarioLines(
  scenario: ScenarioDifference,
  sides: readonly [string, string],
  options: PageOptions,
): string[] {
  const same = scenario.figures.filter(({ change }) => change === 'same').length;
  const changed = scenario.figures.filter(({ change }) => change !== 'same');
  return [
    heading(`${scenario.id}: ${scenario.title}`, options),
    ...(changed.length === 0 ? [] : figures(changed, sides, options)),
    ...(same === 0 ? [] : [`  ${plural(same, 'figure')} ${same === 1 ? 'is' : 'are'} the same.`]),
    ...layerLines(scenario.layers, options),
    ...labelled('Routes', scenario.routes.map(routeWords).join(', '), options, 10),
  ];
}

function layerLines(layers: ScenarioDifference['layers'], options: PageOptions): string[] {
  const added = layers
    .filter(({ before }) => before === 'absent')
    .map(({ guardrail, after }) => `${guardrail} (${after})`);
  const removed = layers
    .filter(({ after }) => after === 'absent')
    .map(({ guardrail, before }) => `${guardrail} (${before})`);
  const changed = layers
    .filter(({ before, after }) => before !== 'absent' && after !== 'absent')
    .map(({ guardrail, before, after }) => `${guardrail} (${before} → ${after})`);
  return [
    ...labelled('Changed', changed.join(', '), options, 10),
    ...labelled('New layer', added.join(', '), options, 10),
    ...labelled('Gone', removed.join(', '), options, 10),
  ];
}

function routeWords({ door, verb, before, after }: ScenarioDifference['routes'][number]): string {
  return `${door} / ${verb} (${before} → ${after})`;
}

function figures(
  all: readonly ChangedFigure[],
  sides: readonly [string, string],
  options: PageOptions,
): string[] {
  const widths = [
    Math.floor(options.width * 0.45),
    Math.floor(options.width * 0.2),
    Math.floor(options.width * 0.2),
  ];
  const rows = all.map(({ label, before, after, change }) => [label, before, after, CHANGE_SIGNS[change]]);
  return table([['', ...sides, ''], ...rows], widths, options);
}
