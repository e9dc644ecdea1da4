import type { BrowserLook } from '../score/browser-looks.ts';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { testRun, UNGUARDED, withArm } from '../score/testing/test-run.ts';

type Arm = ScenarioScore['arms']['guarded'];

/**
 * A scorecard in which every text that an agent, a third party or a file can put is `text`: as from a journal that
 * somebody has written by hand. Its one scenario escaped, over-blocked and cites a public record; one was never run.
 */
export function hostileScorecard(text: string, card: Scorecard = escapedRun()): Scorecard {
  const scenarios = card.scenarios.map(scenario => hostileScenario(scenario, text));
  const exit = { ...card.exit, reasons: [{ name: 'weakness' as const, because: text }] };
  return {
    ...card,
    ...{ runId: text, stack: text, profile: text, seed: text, seeds: [text], neverRun: [text] },
    ...{ scenarios, exit },
    friction: { ...card.friction, blocked: [text], late: [text], unknown: [text] },
  };
}

function escapedRun(): Scorecard {
  return testRun(withArm({ ...UNGUARDED, arm: 'guarded' }), { planned: ['other'] });
}

function hostileScenario(scenario: ScenarioScore, text: string): ScenarioScore {
  const { record, fidelity, arms, attribution, routes, budget } = scenario;
  const hindrance = { atMs: 0, how: 'refused' as const, by: [text], reason: text };
  return {
    ...scenario,
    id: text,
    title: text,
    reason: text,
    detail: text,
    seed: text,
    overBlocked: true,
    mistakeBy: { id: text, kind: 'agent', onBehalfOf: text, task: text },
    record: record && { incident: text, disputed: [text], simulated: [text], sources: [text] },
    fidelity: fidelity.map(claim => ({
      ...claim,
      ...{ claim: text, documented: text, measured: text, tolerance: text },
    })),
    attribution: attribution.map(one => ({ ...one, guardrail: text, sufficient: true, necessary: false })),
    routes: [...routes, ...routes].map(route => ({ ...route, verb: text, door: text })),
    budget: budget.map(line => ({ ...line, journey: text, region: text, because: text })),
    arms: {
      ...arms,
      calm: arms.calm && { ...arms.calm, journal: text, browser: [hostileLook(text)] },
      unguarded: hostileArm(arms.unguarded, text),
      guarded: hostileArm(arms.guarded, text),
      benign: arms.benign && { ...arms.benign, outcome: 'late', journal: text, detail: text, hindrance },
    },
  };
}

function hostileLook(text: string): BrowserLook {
  const step = { name: text, succeeded: false, durationMs: 1, status: 200, saw: text, screenshot: text };
  return {
    ...{ when: 'during', region: text, atMs: 0, seq: 1, missing: text },
    journeys: [{ journey: text, succeeded: false, steps: [step], trace: text }],
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
    decision: text,
    by: [text],
    reason: text,
  };
  const steps = [
    { ...step, landed: false, evidence: 1 },
    { ...step, landed: true, evidence: 2 },
  ];
  const phases = [{ name: text, durationMs: 60_000, kind: 'declared' as const }];
  const outage = { journey: text, region: text, durationMs: 60_000, intervals: [], phases };
  const harm = arm.harm === null ? null : { ...arm.harm, outages: [outage], cellsAffected: [text] };
  const moments = { ...arm.moments, effectMs: 0, detected: { atMs: 0, by: text } };
  const undoing = { atMs: 0, how: 'repaired' as const, by: text, what: text };
  return { ...arm, journal: text, harm, moments, steps, undoing };
}
