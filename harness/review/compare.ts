import type { Arm } from '../journal/events.ts';
import { type HarmRow, harmRows } from '../report/harm-rows.ts';
import { safeText } from '../report/safe-text.ts';
import { formatShare, formatTime } from '../report/words.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { armSummaries } from './arm-summary.ts';
import { comparability, type KnownQuestions } from './comparability.ts';
import { issueChanges, type Judged } from './issues.ts';
import { type RoleChange, roleChanges } from './roles.ts';
import { type RouteChange, routeChanges } from './route-changes.ts';
import type { RunStory, ScenarioStory } from './run-story.ts';

/** Two runs side by side: what changed since `before`, scenario by scenario. */
export interface CompareView {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** Why nothing of the two can be compared; null: something can. */
  readonly refusal: string | null;
  /** Figures of the whole runs; empty where the two did not ask the same. */
  readonly figures: readonly ChangedFigure[];
  /** What is not compared, and why. */
  readonly leftOut: readonly string[];
  readonly scenarios: readonly ScenarioDifference[];
  /** Escapes and over-blocks that `before` did not have, and those that `after` no longer has. */
  readonly discovered: readonly string[];
  readonly fixed: readonly string[];
}

export interface ComparedRun {
  readonly runId: string;
  readonly profile: string;
  readonly seed: string;
}

/** `better` and `worse` are for the company; `same`: equal as shown; `other`: changed, and neither. */
export interface ChangedFigure {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly change: 'better' | 'worse' | 'same' | 'other';
}

export interface ScenarioDifference {
  readonly id: string;
  readonly title: string;
  readonly figures: readonly ChangedFigure[];
  /** Guardrails whose outcome differs; `absent` is a guardrail that the other profile does not have. */
  readonly layers: readonly RoleChange[];
  /** Routes to the mistake's effect whose state differs. */
  readonly routes: readonly RouteChange[];
}

/** `known`: what was asked, where journals that would tell it are gone. */
export function compareRuns(before: RunStory, after: RunStory, known?: KnownQuestions): CompareView {
  const { refusal, leftOut, pairs, isSameSuite } = comparability(before, after, known);
  const issues = pairs.flatMap(pair =>
    pair.before.score === null || pair.after.score === null
      ? []
      : [issueChanges(judged(pair.before.score), judged(pair.after.score))],
  );
  return {
    before: runOf(before),
    after: runOf(after),
    refusal,
    leftOut,
    figures: isSameSuite ? runFigures(before, after) : [],
    scenarios: pairs.map(pair => difference(pair.before, pair.after)),
    discovered: issues.flatMap(({ discovered }) => discovered),
    fixed: issues.flatMap(({ fixed }) => fixed),
  };
}

/** Two arms of one scenario side by side: the same figures for both. `before` is the first. */
export function compareArms(scenario: ScenarioStory, before: Arm, after: Arm): ScenarioDifference {
  const summaries = armSummaries(scenario.arms, scenario.score);
  const [a, b] = [before, after].map(arm => summaries.find(summary => summary.arm === arm));
  const row = (label: string, read: (summary: NonNullable<typeof a>) => string): ChangedFigure => {
    const [left, right] = [a, b].map(summary => (summary === undefined ? 'not run' : read(summary)));
    return { label, before: left ?? '', after: right ?? '', change: left === right ? 'same' : 'other' };
  };
  const moment = (name: 'effect' | 'detected' | 'steadyAgain') => (summary: NonNullable<typeof a>) => {
    const atMs = summary.moments[name];
    return atMs === null ? 'never' : formatTime(atMs);
  };
  const harms =
    scenario.score === null || !isMistake(before) || !isMistake(after) ? [] : harmRows(scenario.score);
  return {
    id: safeText(scenario.id, 64),
    title: scenario.arms[before]?.identity?.scenario.title ?? safeText(scenario.id, 64),
    figures: [
      row('Status', ({ status }) => status),
      row('Steps tried', ({ steps }) => String(steps.tried)),
      row('Steps refused', ({ steps }) => String(steps.refused)),
      row('Steps that took effect', ({ steps }) => String(steps.landed)),
      row('Took effect at', moment('effect')),
      row('Noticed at', moment('detected')),
      row('Steady again at', moment('steadyAgain')),
      ...harms.map(({ label, ...harm }) =>
        figure(label, isMistake(before) ? harm[before] : '', isMistake(after) ? harm[after] : '', null),
      ),
    ],
    layers: [],
    routes: [],
  };
}

function isMistake(arm: Arm): arm is 'unguarded' | 'guarded' {
  return arm === 'unguarded' || arm === 'guarded';
}

function runOf({ facts: { runId, profile, seed } }: RunStory): ComparedRun {
  return { runId, profile, seed };
}

function runFigures({ card: a }: RunStory, { card: b }: RunStory): ChangedFigure[] {
  if (a === null || b === null) return [];
  const held = (card: typeof a) => card.scenarios.filter(({ verdict }) => verdict === 'contained').length;
  return [
    number('Score', [a.score.value, b.score.value], { isMoreBetter: true, write: String }),
    number('Contained', [held(a), held(b)], { isMoreBetter: true, write: String }),
    number('Containment', [a.score.containment, b.score.containment], {
      isMoreBetter: true,
      write: formatShare,
    }),
    number('Let through', [a.score.letThrough, b.score.letThrough], {
      isMoreBetter: true,
      write: formatShare,
    }),
    number('Waiting of harmless changes (p50)', [a.friction.waitedMsP50, b.friction.waitedMsP50], {
      isMoreBetter: false,
      write: formatTime,
    }),
    number(
      'Reviewer minutes per 100 changes',
      [a.friction.reviewerMinutesPer100, b.friction.reviewerMinutesPer100],
      {
        isMoreBetter: false,
        write: value => String(Math.round(value)),
      },
    ),
    number('Approvals per 100 changes', [a.friction.approvalsPer100, b.friction.approvalsPer100], {
      isMoreBetter: false,
      write: value => String(Math.round(value)),
    }),
  ];
}

function difference(before: ScenarioStory, after: ScenarioStory): ScenarioDifference {
  const [a, b] = [before.score, after.score];
  const title = safeText(b?.title ?? a?.title ?? after.id, 200);
  if (a === null || b === null)
    return { id: safeText(after.id, 64), title, figures: [], layers: [], routes: [] };
  const guarded = (score: ScenarioScore) => new Map(harmRows(score).map(row => [row.label, row] as const));
  const [old, now] = [guarded(a), guarded(b)];
  return {
    id: safeText(after.id, 64),
    title,
    figures: [
      figure('Verdict', a.verdict, b.verdict, VERDICT_RANK[b.verdict] - VERDICT_RANK[a.verdict]),
      ...seedFigures(a, b),
      figure('Ended as', a.stage ?? 'not known', b.stage ?? 'not known', null),
      number('Containment', [a.containmentRatio, b.containmentRatio], {
        isMoreBetter: true,
        write: formatShare,
      }),
      ...[...new Set([...old.keys(), ...now.keys()])].map(label =>
        harmFigure(label, old.get(label), now.get(label)),
      ),
      figure(
        'Same task done properly',
        outcomeOf(a),
        outcomeOf(b),
        OUTCOME_RANK[outcomeOf(b)] - OUTCOME_RANK[outcomeOf(a)],
      ),
    ],
    layers: roleChanges(before, after),
    routes: routeChanges(a.routes, b.routes),
  };
}

/** Harm with guardrails. Gone is better and new is worse; of harm that both left, the text alone says how it changed. */
function harmFigure(label: string, before: HarmRow | undefined, after: HarmRow | undefined): ChangedFigure {
  const difference = Number(before?.isLeft ?? false) - Number(after?.isLeft ?? false);
  return figure(label, before?.guarded ?? 'none', after?.guarded ?? 'none', difference);
}

const VERDICT_RANK = { escaped: 0, inconclusive: 0, contained: 1 } as const;
const OUTCOME_RANK = { blocked: 0, unknown: 0, 'not run': 0, late: 1, allowed: 2 } as const;

function outcomeOf({ arms: { benign } }: ScenarioScore): keyof typeof OUTCOME_RANK {
  return benign?.outcome ?? 'not run';
}

function judged(score: ScenarioScore): Judged {
  return { id: score.id, verdict: score.verdict, overBlocked: score.overBlocked, benign: outcomeOf(score) };
}

/** How many seeds were contained, and whose figures are shown; nothing where both show the same one. */
function seedFigures(a: ScenarioScore, b: ScenarioScore): ChangedFigure[] {
  const [old, now] = [a.sensitivity ?? null, b.sensitivity ?? null];
  return [
    ...(old === null || now === null
      ? []
      : [number('Seeds contained', [old.contained, now.contained], { isMoreBetter: true, write: String })]),
    ...(a.seed === b.seed
      ? []
      : [figure('Figures are of seed', safeText(String(a.seed), 64), safeText(String(b.seed), 64), null)]),
  ];
}

/** `difference` above 0: better; null: nobody can say. */
function figure(label: string, before: string, after: string, difference: number | null): ChangedFigure {
  const change =
    before === after
      ? 'same'
      : difference === null || difference === 0
        ? 'other'
        : difference > 0
          ? 'better'
          : 'worse';
  return { label, before, after, change };
}

function number(
  label: string,
  [before, after]: readonly [number | null, number | null],
  { isMoreBetter, write }: { readonly isMoreBetter: boolean; readonly write: (value: number) => string },
): ChangedFigure {
  const text = (value: number | null) => (value === null ? 'not measured' : write(value));
  const difference = before === null || after === null ? null : (after - before) * (isMoreBetter ? 1 : -1);
  return figure(label, text(before), text(after), difference);
}
