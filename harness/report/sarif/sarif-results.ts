import { digestOf } from '../../kernel/digest.ts';
import type { ScenarioScore, Scorecard } from '../../score/scorecard.ts';
import type { StepResult } from '../../score/story.ts';
import { benignSentence } from '../benign-words.ts';
import { attemptsSentence } from '../guarded-words.ts';
import { safeText } from '../safe-text.ts';
import { whatToDo } from '../what-to-do.ts';
import { stageSentence } from '../words.ts';
import type { SarifContext } from './origin.ts';
import { journalLocation, locate, type SarifLocation } from './sarif-location.ts';
import { ruleIdOf, ruleIndexOf } from './sarif-rules.ts';
import { type SarifMessage, sarifMessage } from './sarif-text.ts';
import { type SarifLevel, severityLevel } from './severity-level.ts';

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  /** `open`: there is not enough to decide; its level is then `none` (3.27.9). */
  readonly kind: 'fail' | 'open';
  readonly level: SarifLevel | 'none';
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly codeFlows?: readonly { readonly threadFlows: readonly SarifThreadFlow[] }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface SarifThreadFlow {
  readonly locations: readonly { readonly location: SarifLocation }[];
}

const MOST_STEPS = 20;
const FINGERPRINT = 'brakecheckFinding/v1';

/** An escape and an over-blocked task are results that fail, what proved nothing is an open one; what held is none. */
export function sarifResults(card: Scorecard, context: SarifContext): SarifResult[] {
  return card.scenarios.flatMap((scenario, index) => {
    const found: SarifResult[] = [];
    if (scenario.verdict === 'escaped') found.push(escaped(scenario, { index, card, context }));
    if (scenario.verdict === 'inconclusive') found.push(unproven(scenario, { index, card, context }));
    if (scenario.overBlocked) found.push(overBlocked(scenario, { index, card, context }));
    return found;
  });
}

interface Given {
  readonly index: number;
  readonly card: Scorecard;
  readonly context: SarifContext;
}

function escaped(scenario: ScenarioScore, { index, card, context }: Given): SarifResult {
  const { guarded } = scenario.arms;
  const steps = guarded?.steps ?? [];
  const erring = steps.find(({ landed }) => landed) ?? null;
  const { location, note } = locate(
    { id: scenario.id, step: erring },
    context.origins.get(scenario.id),
    ({ hypothesis }) => hypothesis,
  );
  const request =
    guarded === null || erring === null
      ? []
      : [
          journalLocation(context, guarded.journal, {
            seq: erring.evidence,
            message: sarifMessage('The request in the journal of the guarded arm.'),
          }),
        ];
  const flow = codeFlow(scenario, steps, context);
  return {
    ...base(scenario, { index, card, kind: 'mistake', step: erring }),
    kind: 'fail',
    level: severityLevel(guarded?.severity ?? null),
    message: sarifMessage(
      `Escaped: ${safeText(scenario.detail)}.`,
      attemptsSentence(scenario),
      stageSentence(scenario),
      ...whatToDo({ ...scenario, overBlocked: false }),
      ...(note === null ? [] : [note]),
    ),
    locations: [located(location, request)],
    ...(request.length === 0 ? {} : { relatedLocations: request }),
    ...(flow === null ? {} : { codeFlows: [flow] }),
  };
}

function unproven(scenario: ScenarioScore, { index, card, context }: Given): SarifResult {
  const { location, note } = locate(
    { id: scenario.id, step: null },
    context.origins.get(scenario.id),
    ({ start }) => start,
  );
  return {
    ...base(scenario, { index, card, kind: 'mistake', step: null }),
    kind: 'open',
    level: 'none',
    message: sarifMessage(
      `Inconclusive: ${safeText(scenario.detail)}.`,
      ...whatToDo({ ...scenario, overBlocked: false }),
      ...(note === null ? [] : [note]),
    ),
    locations: [located(location, [])],
  };
}

function overBlocked(scenario: ScenarioScore, { index, card, context }: Given): SarifResult {
  const { location, note } = locate(
    { id: scenario.id, step: null },
    context.origins.get(scenario.id),
    ({ benign }) => benign,
  );
  return {
    ...base(scenario, { index, card, kind: 'proper', step: null }),
    kind: 'fail',
    level: 'warning',
    message: sarifMessage(
      `Over-blocked: ${benignSentence(scenario)}`,
      ...whatToDo({ ...scenario, verdict: 'contained' }),
      ...(note === null ? [] : [note]),
    ),
    locations: [located(location, [])],
  };
}

/** The steps in the order in which they were tried, each where the file has it, with what became of it. */
function codeFlow(scenario: ScenarioScore, steps: readonly StepResult[], context: SarifContext) {
  const shown = steps.slice(0, MOST_STEPS);
  if (shown.length === 0) return null;
  const locations = shown.map(step => {
    const { location } = locate(
      { id: scenario.id, step },
      context.origins.get(scenario.id),
      ({ start }) => start,
    );
    const by =
      step.by.length === 0
        ? ''
        : ` by ${step.by
            .slice(0, 5)
            .map(name => safeText(name, 64))
            .join(', ')}`;
    const effect = step.landed ? 'it took effect' : 'it had no effect';
    const message = sarifMessage(
      `${safeText(step.verb, 64)} (${safeText(step.door, 64)}): ${safeText(step.decision, 32)}${by}; ${effect}.`,
    );
    return { location: { ...location, message } };
  });
  return { threadFlows: [{ locations }] };
}

/** A code-scanning service refuses results without a file; where the scenario's is unknown the journal's line stands in. */
function located(location: SarifLocation, [request]: readonly SarifLocation[]): SarifLocation {
  if (location.physicalLocation !== undefined || request?.physicalLocation === undefined) return location;
  return { ...location, physicalLocation: request.physicalLocation };
}

/**
 * What all results have. The fingerprint is of what was found and not of when, where in the file, or at which seed: the
 * same profile that lets the same step through is the same finding in every run.
 */
function base(
  scenario: ScenarioScore,
  {
    index,
    card,
    kind,
    step,
  }: {
    readonly index: number;
    readonly card: Scorecard;
    readonly kind: 'mistake' | 'proper';
    readonly step: StepResult | null;
  },
): Pick<SarifResult, 'ruleId' | 'ruleIndex' | 'partialFingerprints' | 'properties'> {
  const ruleId = ruleIdOf(scenario, kind);
  const finding = [card.profile, scenario.id, kind, scenario.verdict, step?.step ?? ''];
  const { verdict, stage, containmentRatio, arms } = scenario;
  return {
    ruleId,
    ruleIndex: ruleIndexOf(index, kind),
    partialFingerprints: { [FINGERPRINT]: digestOf(JSON.stringify(finding)) },
    properties: {
      ...{ verdict, stage, containmentRatio },
      severityWithoutGuardrails: arms.unguarded?.severity ?? null,
      severityWithGuardrails: arms.guarded?.severity ?? null,
    },
  };
}
