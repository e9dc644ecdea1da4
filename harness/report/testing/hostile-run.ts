import type { Scorecard } from '../../score/scorecard.ts';

/** The scorecard with every free text replaced: as a journal that somebody has written by hand would give it. */
export function withHostileText(card: Scorecard, text: string): Scorecard {
  const scenarios = card.scenarios.map(scenario => ({
    ...scenario,
    id: text,
    title: text,
    detail: text,
    record: scenario.record && { ...scenario.record, incident: text, disputed: [text], simulated: [text] },
    fidelity: scenario.fidelity.map(claim => ({ ...claim, claim: text, documented: text, measured: text })),
    arms: {
      ...scenario.arms,
      unguarded: hostileArm(scenario.arms.unguarded, text),
      guarded: hostileArm(scenario.arms.guarded, text),
      benign: scenario.arms.benign && { ...scenario.arms.benign, outcome: 'late' as const, detail: text },
    },
  }));
  const exit = { ...card.exit, reasons: [{ name: 'weakness' as const, because: text }] };
  return { ...card, profile: text, seed: text, seeds: [text], neverRun: [text], scenarios, exit };
}

function hostileArm(arm: Scorecard['scenarios'][number]['arms']['guarded'], text: string) {
  if (arm === null) return null;
  const step = {
    step: text,
    door: text,
    verb: text,
    resource: text,
    atMs: 0,
    decision: 'denied',
    by: [text],
    reason: text,
  };
  const phases = [{ name: text, durationMs: 60_000, kind: 'declared' as const }];
  const outage = { journey: text, region: text, durationMs: 60_000, intervals: [], phases };
  const harm = arm.harm === null ? null : { ...arm.harm, outages: [outage] };
  return { ...arm, harm, steps: [{ ...step, landed: false, evidence: 1 }] };
}
