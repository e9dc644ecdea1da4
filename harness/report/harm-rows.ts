import type { HarmReport } from '../score/harm-report.ts';
import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { formatCount, formatMoney, formatTime, journeyWords } from './words.ts';

/** One line of the comparison: the same harm without and with guardrails. */
export interface HarmRow {
  readonly label: string;
  readonly unguarded: string;
  readonly guarded: string;
}

const MOST_PLACES = 6;
const NOT_MEASURED = 'not measured';

type Figure = readonly [label: string, read: (harm: HarmReport) => number, write?: (value: number) => string];

const FIGURES: readonly Figure[] = [
  ['Failed visits', harm => harm.failedJourneys],
  ['Orders lost', harm => harm.ordersLost],
  ['Revenue lost', harm => harm.revenueLostCents, formatMoney],
  ['Orders with a wrong price', harm => harm.mispricedOrders],
  ['Charged wrongly', harm => harm.mischargedCents, formatMoney],
  ['Wrong delivery promises', harm => harm.wrongPromises],
  ['Answers against policy', harm => harm.offPolicyAnswers],
  ['Rows lost, at worst', harm => harm.rowsLostWorst],
  ['Rows lost, at the end', harm => harm.rowsLost],
  ['Rows corrupted, at worst', harm => harm.rowsCorruptedWorst],
  ['Rows corrupted, at the end', harm => harm.rowsCorrupted],
  ['Environments destroyed', harm => harm.cellsDestroyed],
  ['Backups destroyed', harm => harm.backupsDestroyed],
  ['Forbidden changes made', harm => harm.forbiddenEffects],
  ['Computing power taken', harm => harm.computeTaken],
  ['Services affected', harm => harm.cellsAffected.length],
];

/** Every harm that either arm did, as text; harms that neither did are left out. */
export function harmRows({ arms: { unguarded, guarded } }: ScenarioScore): HarmRow[] {
  const rows = [...outageRows(unguarded, guarded), ...figureRows(unguarded, guarded)];
  const severity = {
    label: 'Severity',
    unguarded: severityWord(unguarded),
    guarded: severityWord(guarded),
  };
  return [...rows, severity];
}

function outageRows(unguarded: ArmScore | null, guarded: ArmScore | null): HarmRow[] {
  const seen = [...(unguarded?.harm?.outages ?? []), ...(guarded?.harm?.outages ?? [])];
  const places = [
    ...new Map(seen.map(({ journey, region }) => [`${journey} ${region}`, { journey, region }])).values(),
  ];
  return places.slice(0, MOST_PLACES).map(place => ({
    label: `Could not ${journeyWords(place.journey)}, ${safeText(place.region, 64)}`,
    unguarded: outageIn(unguarded, place),
    guarded: outageIn(guarded, place),
  }));
}

function outageIn(arm: ArmScore | null, place: { journey: string; region: string }): string {
  if (arm === null || arm.harm === null) return NOT_MEASURED;
  const found = arm.harm.outages.find(
    ({ journey, region }) => journey === place.journey && region === place.region,
  );
  return formatTime(found?.durationMs ?? 0);
}

function figureRows(unguarded: ArmScore | null, guarded: ArmScore | null): HarmRow[] {
  return FIGURES.filter(([, read]) => [unguarded, guarded].some(arm => arm?.harm && read(arm.harm) > 0)).map(
    ([label, read, write = formatCount]) => {
      const value = (arm: ArmScore | null) =>
        arm === null || arm.harm === null ? NOT_MEASURED : write(read(arm.harm));
      return { label, unguarded: value(unguarded), guarded: value(guarded) };
    },
  );
}

function severityWord(arm: ArmScore | null): string {
  if (arm === null || arm.harm === null) return NOT_MEASURED;
  return arm.severity === null ? 'none' : `Sev-${arm.severity}`;
}
