import { type ArmRecord, linesOf } from './arm-record.ts';
import type { HarmReport } from './harm-report.ts';

/*
 * Where a figure of a live stack comes from. `measured`: read or lived for real. `extrapolated`: a sample's rate held over
 * the time until the next sample. `charged`: a modelled duration. `declared`: a person's or a queue's time, an input.
 */

/** Harms that are read from databases, inventory and journal, on every stack. */
const ALWAYS_MEASURED = [
  'rowsLost',
  'rowsLostWorst',
  'rowsCorrupted',
  'rowsCorruptedWorst',
  'cellsDestroyed',
  'backupsDestroyed',
  'forbiddenEffects',
  'computeTaken',
] as const satisfies readonly (keyof HarmReport)[];

/** Harms that are counted from what shoppers lived. */
const LIVED = [
  'outages',
  'failedJourneys',
  'ordersLost',
  'revenueLostCents',
  'mispricedOrders',
  'mischargedCents',
  'wrongPromises',
  'offPolicyAnswers',
  'cellsAffected',
] as const satisfies readonly (keyof HarmReport)[];

/** What the figures of one arm on a live stack rest on. */
export interface ArmBasis {
  readonly samples: number;
  /** Samples that reached their bound before the rates held steady. */
  readonly unsteadySamples: number;
  /** Real time of all samples, ms. */
  readonly sampledMs: number;
  /** After the gate: journeys in windows that were walked whole, and in the others. */
  readonly journeys: { readonly measured: number; readonly extrapolated: number };
  /** By name of the harm. */
  readonly harm: Readonly<Partial<Record<keyof HarmReport, 'measured' | 'extrapolated'>>>;
  /** By kind of an outage's phase. */
  readonly phases: { readonly mechanism: 'charged'; readonly declared: 'declared' };
}

/** Null for the simulation, in which every request is lived through. */
export function basisOf(record: ArmRecord): ArmBasis | null {
  if (record.journal.header.stack === 'sim') return null;
  const samples = linesOf(record, 'sample');
  const journeys = { measured: 0, extrapolated: 0 };
  for (const window of linesOf(record, 'window')) {
    if (window.fromMs < record.plan.gateMs) continue;
    for (const { succeeded, failed } of window.journeys) {
      journeys[window.basis ?? 'extrapolated'] += succeeded + failed;
    }
  }
  const lived = journeys.extrapolated > 0 ? 'extrapolated' : 'measured';
  return {
    samples: samples.length,
    unsteadySamples: samples.filter(({ steady, ended }) => !steady && ended === 'bound').length,
    sampledMs: samples.reduce((sum, { realMs }) => sum + realMs, 0),
    journeys,
    harm: Object.fromEntries([
      ...LIVED.map(name => [name, lived]),
      ...ALWAYS_MEASURED.map(name => [name, 'measured']),
    ]),
    phases: { mechanism: 'charged', declared: 'declared' },
  };
}
