import { cutTo, wrap } from '../../report/columns.ts';
import { type OverviewView, overview, type ScenarioOverview } from '../../review/overview.ts';
import { bodyRows, windowTop } from '../geometry.ts';
import { scenarioOf, shownNotices, shownScenarios } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import { armsTable } from './arms-table.ts';
import type { Body } from './body.ts';
import type { Brush } from './brush.ts';
import { scenarioRow, scenarioRowHeading } from './scenario-row.ts';
import { beside, field, firstLines } from './text.ts';

/** From here on table and sentences stand side by side. */
const WIDE = 120;

/** Verdict and score of the run, its scenarios in a row each, and the chosen one told in full. */
export function overviewBody(state: UiState, brush: Brush): Body {
  const { story, size } = state;
  if (story === null) return { head: [], page: [] };
  const view = { ...overview(story), notices: shownNotices(state) };
  const shown = shownScenarios(state);
  const chosen = scenarioOf(state);
  const at = chosen === null ? 0 : shown.indexOf(chosen);
  const most = Math.max(3, Math.floor(bodyRows(size) / 4));
  const top = windowTop(at, { top: at - Math.floor(most / 2), rows: most, count: shown.length });
  const rows = shown.slice(top, top + most).map(scenario => {
    const told = view.scenarios[story.scenarios.indexOf(scenario)];
    return told === undefined
      ? ''
      : scenarioRow(told, { isChosen: scenario === chosen, columns: size.columns }, brush);
  });
  const told = chosen === null ? undefined : view.scenarios[story.scenarios.indexOf(chosen)];
  return {
    head: [
      ...totals(view, state, brush),
      scenarioRowHeading(size.columns, brush),
      ...(rows.length === 0 ? [`  ${emptyWords(state)}`] : rows),
      brush('dim', '─'.repeat(size.columns)),
    ],
    page: [...(told === undefined ? [] : scenarioText(told, state, brush)), ...closing(view, state, brush)],
  };
}

function emptyWords({ filter, live }: UiState): string {
  if (filter !== 'all') return `No scenario of this run is ${filter}. f changes the filter.`;
  return live === null || live.isOver
    ? 'This run has no scenario that can be read.'
    : 'No arm has begun yet.';
}

/** Short where there is little room: every sentence begins with what matters. */
function totals(
  { headline, worstLeft, friction, scoreSentence, notices }: OverviewView,
  { size, live }: UiState,
  brush: Brush,
): string[] {
  const { columns, rows } = size;
  const most = rows < 32 ? 1 : 3;
  const line = (text: string, lines = most) =>
    firstLines(wrap(` ${text}`, { width: columns, hanging: 2 }), lines, columns);
  const warnings = notices
    .slice(0, 2)
    .flatMap(notice => line(`! ${notice}`, 1).map(text => brush('warn', text)));
  if (headline === null) {
    const words =
      live !== null && !live.isOver
        ? 'The run goes on; verdicts come when all arms of a scenario have ended.'
        : 'Nothing is judged yet.';
    return [...warnings, brush('strong', ` ${words}`), ''];
  }
  return [
    ...warnings,
    ...line(headline, 2).map(text => brush('strong', text)),
    ...(worstLeft === null ? [] : line(worstLeft, 2)),
    ...(scoreSentence === null ? [] : line(scoreSentence)),
    ...(friction === null ? [] : line(friction)),
  ];
}

function scenarioText(scenario: ScenarioOverview, { size }: UiState, brush: Brush): string[] {
  const { columns } = size;
  const title = brush('strong', cutTo(` ${scenario.title}`, columns));
  if (columns < WIDE)
    return [
      title,
      ...sentences(scenario, columns - 2).map(line => ` ${line}`),
      '',
      ...armsTable(scenario, columns, brush),
      '',
      ...rest(scenario, columns - 2).map(line => ` ${line}`),
    ];
  const left = Math.floor(columns * 0.56);
  const table = armsTable(scenario, left - 3, brush);
  const told = [...sentences(scenario, columns - left - 2), '', ...rest(scenario, columns - left - 2)];
  return [title, ...beside(table, told, left)];
}

/** What the agent did, what stopped it or did not, where it ended. */
function sentences(scenario: ScenarioOverview, width: number): string[] {
  const { who, task, did, guarded, stage, why } = scenario;
  return [
    ...field('Asked', task === null ? who : `${who ?? 'somebody'}: "${task}"`, width, 11),
    ...field('Did', did, width, 11),
    ...field('Guardrails', guarded, width, 11),
    ...(scenario.verdict === 'not judged' ? [] : field('Result', `${stage ?? ''} ${why}`.trim(), width, 11)),
  ];
}

function rest(scenario: ScenarioOverview, width: number): string[] {
  const { attribution, caution, outage, budget, benign, seeds, record } = scenario;
  return [
    ...field('Mattered', attribution, width, 11),
    ...field('Caution', caution, width, 11),
    ...field('Outage', outage, width, 11),
    ...field('Budget', budget, width, 11),
    ...field('Benign', benign, width, 11),
    ...field('Seeds', seeds, width, 11),
    ...field('Record', record, width, 11),
  ];
}

function closing(
  { exit, neverRun, note, notices }: OverviewView,
  { size: { columns } }: UiState,
  brush: Brush,
): string[] {
  const line = (text: string) => wrap(` ${text}`, { width: columns, hanging: 2 });
  return [
    '',
    ...notices
      .slice(2)
      .flatMap(notice => line(`! ${notice}`))
      .map(text => brush('warn', text)),
    ...(neverRun.length === 0 ? [] : line(`Never run: ${neverRun.join(', ')}.`)),
    ...(exit === null
      ? []
      : line(
          `Exit ${exit.code} (${exit.name})${exit.reasons.length === 0 ? '' : `: ${exit.reasons.join('; ')}`}.`,
        )),
    ...(note === null ? [] : line(note).map(text => brush('dim', text))),
  ];
}
