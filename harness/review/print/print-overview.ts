import { wrap } from '../../report/columns.ts';
import { formatMoment, formatShare, VERDICT_WORDS } from '../../report/words.ts';
import type { ArmSummary } from '../arm-summary.ts';
import type { OverviewView, ScenarioOverview, ShownVerdict } from '../overview.ts';
import { heading, labelled, type PageOptions, page, paragraph, table, title } from './page.ts';

const VERDICT_TONES = {
  contained: 'good',
  escaped: 'bad',
  inconclusive: 'warn',
  'not judged': 'warn',
} as const;
const VERDICT_SIGNS: Readonly<Record<ShownVerdict, string>> = {
  contained: '✓',
  escaped: '✗',
  inconclusive: '?',
  'not judged': '…',
};

/** The first screen as text: what a reader must know, in the order in which they must know it. */
export function printOverview(view: OverviewView, options: PageOptions): string {
  const { run } = view;
  const when = run.startedAt === '' ? '' : `, started ${run.startedAt}`;
  return page([
    ...title(`${run.runId}: overview`, options),
    ...paragraph(`Profile ${run.profile}, stack ${run.stack}, seed ${run.seed}${when}.`, options),
    ...notices(view.notices, options),
    ...totals(view, options),
    ...view.scenarios.flatMap(scenario => ['', ...scenarioLines(scenario, view, options)]),
    ...closing(view, options),
  ]);
}

function notices(all: readonly string[], options: PageOptions): string[] {
  return all.flatMap(notice =>
    wrap(`! ${notice}`, { width: options.width, hanging: 2 }).map(line => options.paint('warn', line)),
  );
}

function verdictWord(verdict: ShownVerdict, { paint }: PageOptions): string {
  const word = verdict === 'not judged' ? 'NOT JUDGED' : VERDICT_WORDS[verdict];
  return paint(VERDICT_TONES[verdict], `${VERDICT_SIGNS[verdict]} ${word}`);
}

function totals(view: OverviewView, options: PageOptions): string[] {
  const { headline, worstLeft, friction, scoreSentence } = view;
  if (headline === null) return ['', ...paragraph('Nothing is judged yet.', options)];
  const others = [worstLeft, friction, scoreSentence].filter(sentence => sentence !== null);
  return [
    '',
    ...paragraph(headline, options).map(line => options.paint('strong', line)),
    ...others.flatMap(sentence => wrap(sentence, { width: options.width, hanging: 2 })),
  ];
}

function scenarioLines(scenario: ScenarioOverview, view: OverviewView, options: PageOptions): string[] {
  const { verdict, id, why, stage, who, task } = scenario;
  const asked = task === null ? who : `${who ?? 'somebody'}: "${task}"`;
  return [
    heading(`${id}: ${scenario.title}`, options),
    `  ${verdictWord(verdict, options)}`,
    ...paragraph(`${stage ?? ''} ${why}`.trim(), options, 2),
    ...labelled('Asked', asked, options),
    ...labelled('Did', scenario.did, options),
    ...labelled('Guardrails', scenario.guarded, options),
    ...labelled('Re-run', scenario.attribution, options),
    ...labelled('Caution', scenario.caution, options),
    ...harmTable(scenario, view, options),
    ...labelled('Outage', scenario.outage, options),
    ...labelled(
      'Contained',
      scenario.containmentRatio === null ? null : `${formatShare(scenario.containmentRatio)} of the harm`,
      options,
    ),
    ...labelled('Budget', scenario.budget, options),
    ...labelled('Benign', scenario.benign, options),
    ...labelled('Seeds', scenario.seeds, options),
    ...labelled('Record', scenario.record, options),
    ...armTable(scenario.arms, options),
  ];
}

/** Who was hurt, without and with guardrails. */
function harmTable({ harms }: ScenarioOverview, { run }: OverviewView, options: PageOptions): string[] {
  if (harms.length === 0) return [];
  const widths = [Math.floor(options.width / 2), Math.floor(options.width / 5)];
  const rows = harms.map(({ label, unguarded, guarded }) => [label, unguarded, guarded]);
  return table([['Harm', 'no guardrails', run.profile], ...rows], widths, options);
}

function armTable(arms: readonly ArmSummary[], options: PageOptions): string[] {
  if (arms.length === 0) return [];
  const widths = [11, 12, 17, 11, 13];
  const rows = arms.map(({ arm, status, progress, steps, moments, detectedBy }) => {
    const isOver = status !== 'cut';
    const noticed =
      moments.detected === null
        ? '-'
        : `${at(moments.detected)}${detectedBy === null ? '' : ` ${detectedBy}`}`;
    return [
      arm,
      isOver ? status : `cut at ${formatShare(progress)}`,
      steps.tried === 0 ? '-' : `${steps.landed} of ${steps.tried} landed`,
      at(moments.effect),
      noticed,
      at(moments.steadyAgain),
    ];
  });
  return table([['Arm', 'Status', 'Steps', 'Changed', 'Noticed', 'Steady again'], ...rows], widths, options);
}

function at(atMs: number | null): string {
  return atMs === null ? '-' : formatMoment(atMs);
}

function closing({ exit, neverRun, note }: OverviewView, options: PageOptions): string[] {
  if (exit === null) return [];
  const why = exit.reasons.length === 0 ? '' : `: ${exit.reasons.join('; ')}`;
  const lines = wrap(`Exit ${exit.code} (${exit.name})${why}.`, { width: options.width, hanging: 2 });
  return [
    '',
    ...(neverRun.length === 0 ? [] : paragraph(`Never run: ${neverRun.join(', ')}.`, options)),
    ...lines.map(line => options.paint(exit.code === 0 ? 'good' : 'bad', line)),
    ...(note === null ? [] : paragraph(note, options).map(line => options.paint('dim', line))),
  ];
}
