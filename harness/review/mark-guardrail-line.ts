import type { JournalLine } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import { formatShare, listed } from '../report/words.ts';
import { actionOf } from './action-marks.ts';
import type { Tone } from './event-mark.ts';
import { type Draft, laneOf, type MarkContext } from './mark-context.ts';

type Line<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>;

/** Marks of what guardrails and the company's own checks said and did. An allowed action is no mark. */
export function markGuardrailLine(line: JournalLine, context: MarkContext): Draft | null {
  switch (line.type) {
    case 'guardrail-answered':
      return answered(line);
    case 'action-decided':
      return decided(line, context);
    case 'rollout-step':
      return rollout(line, context);
    case 'approval':
      return approval(line);
    case 'alarm':
      return alarm(line);
    case 'containment':
      return {
        kind: 'ordered',
        lane: 'guardrails',
        tone: line.result === 'done' ? 'good' : 'bad',
        who: line.guardrail,
        label: `orders ${safeText(line.order.verb, 64)} on ${safeText(line.order.resource, 64)}: ${line.result}`,
      };
    default:
      return null;
  }
}

/** Answers to actions are told by the decision; only what is no usable answer is told here. */
function answered({ guardrail, about, answer }: Line<'guardrail-answered'>): Draft | null {
  if (answer.effect !== 'error' && answer.effect !== 'undefined') return null;
  const label = `gave no usable answer (${about}): ${safeText(answer.reason, 120)}`;
  return { kind: 'failed', lane: 'guardrails', tone: 'bad', who: guardrail, label };
}

function decided(line: Line<'action-decided'>, context: MarkContext): Draft | null {
  const { decision, by, reason, actionId } = line;
  if (decision === 'allowed' && by.length === 0) return null;
  const action = actionOf(context.actions, actionId);
  const what = action === null ? '' : ` ${action.verb}`;
  const whose =
    by.length === 0 ? "the company's own permissions" : listed(by.map(name => safeText(name, 40)));
  return {
    kind: decision,
    lane: 'guardrails',
    tone: DECISION_TONES[decision] ?? 'plain',
    who: by[0] ?? '',
    label: `${whose}: ${DECISION_WORDS[decision] ?? decision}${what}: ${safeText(withoutName(reason, by), 120)}`,
  };
}

const DECISION_WORDS: Readonly<Record<string, string>> = {
  allowed: 'allowed',
  narrowed: 'narrowed',
  denied: 'refused',
  'approval-required': 'wants approval for',
  'no-permission': 'refused',
  invalid: 'turned away',
};

const DECISION_TONES: Readonly<Record<string, Tone>> = {
  narrowed: 'warn',
  denied: 'good',
  'approval-required': 'warn',
  'no-permission': 'good',
  invalid: 'warn',
};

/** A decision's reason begins with the guardrail's name, which the label has already. */
function withoutName(reason: string, by: readonly string[]): string {
  const name = by.find(one => reason.startsWith(`${one}: `));
  return name === undefined ? reason : reason.slice(name.length + 2);
}

function rollout(line: Line<'rollout-step'>, context: MarkContext): Draft {
  const { step, by, service, region, build, wave, trafficShare, reason } = line;
  const isGuardrail = by !== null && context.guardrails.includes(safeText(by, 64));
  const owner = laneOf(line.actionId, context);
  const where = `${safeText(service, 40)}/${safeText(region, 24)}`;
  const why = reason === '' ? '' : `: ${safeText(reason, 80)}`;
  return {
    kind: step,
    lane: isGuardrail ? 'guardrails' : owner.lane,
    tone: step === 'rolled-back' ? 'good' : step === 'held' ? 'warn' : 'plain',
    who: by ?? owner.who,
    label: `roll-out of ${safeText(build, 48)} to ${where} ${STEP_WORDS[step] ?? step}, wave ${wave + 1} at ${formatShare(trafficShare)}${why}`,
  };
}

const STEP_WORDS: Readonly<Record<string, string>> = { 'rolled-back': 'taken back' };

function approval({ phase, by, reason, demand }: Line<'approval'>): Draft {
  const isPerson = phase === 'granted' || phase === 'refused' || phase === 'rejected-grant';
  const wanted = demand === null ? '' : ` (${demand.count} of level ${safeText(demand.level, 24)})`;
  const why = reason === '' ? '' : `: ${safeText(reason, 110)}`;
  return {
    kind: `approval-${phase}`,
    lane: isPerson ? 'people' : 'guardrails',
    tone: phase === 'granted' ? 'warn' : phase === 'refused' ? 'good' : 'plain',
    who: by ?? '',
    label: `approval ${phase.replaceAll('-', ' ')}${wanted}${why}`,
  };
}

function alarm({ alarm: name, source, subject, phase, observed, threshold }: Line<'alarm'>): Draft {
  const figures = phase === 'fired' ? ` (${round(observed)} against ${round(threshold)})` : '';
  return {
    kind: phase,
    lane: source === 'ordinary' ? 'people' : 'guardrails',
    tone: phase === 'fired' ? 'warn' : 'plain',
    who: source === 'ordinary' ? '' : source,
    label: `alarm ${safeText(name, 48)} of ${safeText(subject, 48)} ${phase}${figures}`,
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
