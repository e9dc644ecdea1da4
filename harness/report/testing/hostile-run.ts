import type { ScenarioScore, Scorecard } from '../../score/scorecard.ts';

type Arm = ScenarioScore['arms']['guarded'];

/** The scorecard with every free text replaced: as a journal that somebody has written by hand would give it. */
export function withHostileText(card: Scorecard, text: string): Scorecard {
  const scenarios = card.scenarios.map(scenario => hostileScenario(scenario, text));
  const exit = { ...card.exit, reasons: [{ name: 'weakness' as const, because: text }] };
  return { ...card, profile: text, seed: text, seeds: [text], neverRun: [text], scenarios, exit };
}

function hostileScenario(scenario: ScenarioScore, text: string): ScenarioScore {
  const { record, fidelity, arms, attribution, routes, budget } = scenario;
  const hindrance = { atMs: 0, how: 'refused' as const, by: [text], reason: text };
  return {
    ...scenario,
    id: text,
    title: text,
    detail: text,
    seed: text,
    mistakeBy: { id: text, kind: 'agent', onBehalfOf: text, task: text },
    record: record && { incident: text, disputed: [text], simulated: [text], sources: [text] },
    fidelity: fidelity.map(claim => ({ ...claim, claim: text, documented: text, measured: text })),
    attribution: attribution.map(one => ({ ...one, guardrail: text, sufficient: true, necessary: false })),
    routes: routes.map(route => ({ ...route, verb: text, door: text })),
    budget: budget.map(line => ({ ...line, journey: text, region: text, because: text })),
    arms: {
      ...arms,
      unguarded: hostileArm(arms.unguarded, text),
      guarded: hostileArm(arms.guarded, text),
      benign: arms.benign && { ...arms.benign, outcome: 'late', detail: text, hindrance },
    },
  };
}

function hostileArm(arm: Arm, text: string): Arm {
  if (arm === null) return null;
  const step = {
    step: text,
    door: text,
    verb: text,
    resource: text,
    because: text,
    atMs: 0,
    decision: 'denied',
    by: [text],
    reason: text,
  };
  const steps = [
    { ...step, landed: false, evidence: 1 },
    { ...step, landed: true, evidence: 2 },
  ];
  const phases = [{ name: text, durationMs: 60_000, kind: 'declared' as const }];
  const outage = { journey: text, region: text, durationMs: 60_000, intervals: [], phases };
  const harm = arm.harm === null ? null : { ...arm.harm, outages: [outage] };
  const moments = { ...arm.moments, effectMs: 0, detected: { atMs: 0, by: text } };
  const undoing = { atMs: 0, how: 'repaired' as const, by: text, what: text };
  return { ...arm, harm, moments, steps, undoing };
}
