import type { HarmReport } from '../score/harm-report.ts';
import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import { EXTRAPOLATED } from './basis-words.ts';
import { safeText } from './safe-text.ts';
import { formatCount, formatMoney, formatTime, journeyWords } from './words.ts';

/** One line of the comparison: the same harm without and with guardrails. */
export interface HarmRow {
  readonly label: string;
  readonly unguarded: string;
  readonly guarded: string;
  /** Harm was left with guardrails. */
  readonly isLeft: boolean;
}

/** Failing journeys of one region beyond this share one row on a screen. */
const MOST_JOURNEYS = 3;
const MOST_PLACES = 50;
const NOT_MEASURED = 'not measured';

type FigureName = Exclude<keyof HarmReport, 'cellsAffectedShare' | 'outages' | 'orderDrops'>;
type Figure = readonly [label: string, name: FigureName, write?: (value: number) => string];

// Worst first: what is gone for good, then money, then what was made good again, then how far it reached.
const FIGURES: readonly Figure[] = [
  ['Rows lost, at the end', 'rowsLost'],
  ['Rows corrupted, at the end', 'rowsCorrupted'],
  ['Backups destroyed', 'backupsDestroyed'],
  ['Revenue lost', 'revenueLostCents', formatMoney],
  ['Charged wrongly', 'mischargedCents', formatMoney],
  ['Orders lost', 'ordersLost'],
  ['Orders with a wrong price', 'mispricedOrders'],
  ['Environments destroyed', 'cellsDestroyed'],
  ['Rows lost, at worst', 'rowsLostWorst'],
  ['Rows corrupted, at worst', 'rowsCorruptedWorst'],
  ['Wrong delivery promises', 'wrongPromises'],
  ['Answers against policy', 'offPolicyAnswers'],
  ['Failed visits', 'failedJourneys'],
  ['Services affected', 'cellsAffected'],
  ['Forbidden changes made', 'forbiddenEffects'],
  ['Computing power taken', 'computeTaken'],
];

/** Every harm that either arm did, as text, the severity first; harms that neither did are left out. */
export function harmRows({ arms: { unguarded, guarded } }: ScenarioScore): HarmRow[] {
  const places = outagePlaces(unguarded, guarded).slice(0, MOST_PLACES);
  return [
    severityRow(unguarded, guarded),
    ...places.map(place => outageRow(placeLabel(place), [place], { unguarded, guarded })),
    ...figureRows(unguarded, guarded),
  ];
}

/** What an arm did beside outages, worst first: `Revenue lost ~46,703.67`. */
export function harmFigures(
  { arms: { unguarded, guarded } }: ScenarioScore,
  arm: 'unguarded' | 'guarded',
): string[] {
  return figureRows(unguarded, guarded)
    .filter(row => !/^(0|0\.00|not measured)$/.test(row[arm]))
    .map(row => `${row.label} ${row[arm]}`);
}

/**
 * The rows that a screen has room for, worst first. Harm that was left with guardrails goes before harm that was not,
 * and more than three failing journeys of one region share a row with the longest of their outages.
 */
export function screenRows(
  { arms: { unguarded, guarded } }: ScenarioScore,
  most: number,
): { rows: HarmRow[]; hidden: number } {
  const places = outagePlaces(unguarded, guarded);
  const regions = [...new Set(places.map(({ region }) => region))];
  const outages = regions.flatMap(region => {
    const here = places.filter(place => place.region === region);
    const label = `Shop in ${safeText(region, 64)} failing (${here.length} journeys)`;
    return here.length > MOST_JOURNEYS
      ? [outageRow(label, here, { unguarded, guarded })]
      : here.map(place => outageRow(placeLabel(place), [place], { unguarded, guarded }));
  });
  const all = [severityRow(unguarded, guarded), ...outages, ...figureRows(unguarded, guarded)];
  const byWorth = new Set([...all.slice(0, 1), ...all.filter(({ isLeft }) => isLeft), ...all]);
  const kept = new Set([...byWorth].slice(0, most));
  return { rows: all.filter(row => kept.has(row)), hidden: all.length - kept.size };
}

interface OutagePlace {
  readonly journey: string;
  readonly region: string;
}

interface Sides {
  readonly unguarded: ArmScore | null;
  readonly guarded: ArmScore | null;
}

/** Where either arm had an outage, the longest first. */
function outagePlaces(unguarded: ArmScore | null, guarded: ArmScore | null): OutagePlace[] {
  const seen = [...(unguarded?.harm?.outages ?? []), ...(guarded?.harm?.outages ?? [])];
  const longest = [...seen].sort((a, b) => b.durationMs - a.durationMs);
  return [
    ...new Map(longest.map(({ journey, region }) => [`${journey} ${region}`, { journey, region }])).values(),
  ];
}

function placeLabel({ journey, region }: OutagePlace): string {
  return `Could not ${journeyWords(journey)}, ${safeText(region, 64)}`;
}

/** The longest outage among the places. */
function outageRow(label: string, places: readonly OutagePlace[], { unguarded, guarded }: Sides): HarmRow {
  const longestMs = (arm: ArmScore | null) => {
    if (arm === null || arm.harm === null) return null;
    const found = arm.harm.outages.filter(({ journey, region }) =>
      places.some(place => place.journey === journey && place.region === region),
    );
    return Math.max(0, ...found.map(({ durationMs }) => durationMs));
  };
  const leftMs = longestMs(guarded);
  const value = (arm: ArmScore | null) => {
    const text = formatTime(longestMs(arm));
    return arm === null ? text : marked(text, { arm, name: 'outages' });
  };
  return {
    label,
    unguarded: value(unguarded),
    guarded: value(guarded),
    isLeft: (leftMs ?? 0) > 0,
  };
}

function figureRows(unguarded: ArmScore | null, guarded: ArmScore | null): HarmRow[] {
  return FIGURES.filter(([, name]) =>
    [unguarded, guarded].some(arm => arm?.harm && amountOf(arm.harm, name) > 0),
  ).map(([label, name, write = formatCount]) => {
    const value = (arm: ArmScore | null) =>
      arm === null || arm.harm === null
        ? NOT_MEASURED
        : marked(write(amountOf(arm.harm, name)), { arm, name });
    const isLeft = guarded !== null && guarded.harm !== null && amountOf(guarded.harm, name) > 0;
    return { label, unguarded: value(unguarded), guarded: value(guarded), isLeft };
  });
}

function amountOf(harm: HarmReport, name: FigureName): number {
  const amount = harm[name];
  return typeof amount === 'number' ? amount : amount.length;
}

/** On a live stack, figures that hold a sample's rates over time are marked; `basis-words.ts` says what the mark means. */
function marked(text: string, { arm, name }: { arm: ArmScore; name: keyof HarmReport }): string {
  const amount = arm.harm?.[name];
  const isNone = typeof amount === 'number' ? amount === 0 : amount?.length === 0;
  return arm.basis?.harm[name] === 'extrapolated' && !isNone ? `${EXTRAPOLATED}${text}` : text;
}

function severityRow(unguarded: ArmScore | null, guarded: ArmScore | null): HarmRow {
  const isLeft = guarded !== null && guarded.severity !== null;
  return {
    label: 'Severity',
    unguarded: severityWord(unguarded),
    guarded: severityWord(guarded),
    isLeft,
  };
}

function severityWord(arm: ArmScore | null): string {
  if (arm === null || arm.harm === null) return NOT_MEASURED;
  return arm.severity === null ? 'none' : `Sev-${arm.severity}`;
}
