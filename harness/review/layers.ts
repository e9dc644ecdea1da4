import { attributionSentence } from '../report/attribution-words.ts';
import { outageSentence, plural } from '../report/words.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import type { ActionMark, AnswerMark } from './action-marks.ts';
import type { PlannedGuardrail } from './arm-identity.ts';
import type { ArmState } from './arm-state.ts';
import type { Tone } from './event-mark.ts';
import type { ScenarioStory } from './run-story.ts';

/**
 * What a layer did against the mistake. `held`: it refused, and nothing of what it refused happened. `limited`: it
 * narrowed, paused or delayed what happened in part. `caught`: it took back what had happened. `alarmed`: it only told
 * people. `passed`: it was asked and let the mistake through. `silent`: it was never asked. `failed`: it gave no usable answer.
 */
export type LayerOutcome = 'held' | 'limited' | 'caught' | 'alarmed' | 'passed' | 'silent' | 'failed';

/** The profile's guardrails in order, as layers of defence. */
export interface LayersView {
  readonly profile: string;
  /** Null: there is no guarded arm, so that nothing is known. */
  readonly layers: readonly Layer[] | null;
  /** Each try of the mistake and the layers that it met, the earliest first. */
  readonly tries: readonly Try[];
  /** Harm without any guardrail, which is what was at stake; null: not measured. */
  readonly atStake: string | null;
  /** Which layers mattered, by re-run; it says so when there were none. */
  readonly sentence: string;
}

export interface Layer {
  readonly guardrail: string;
  /** The built-in or module behind the name. */
  readonly use: string;
  readonly doors: readonly string[];
  readonly outcome: LayerOutcome;
  /** Tries of the mistake on which it was asked, and those of them that it refused. */
  readonly asked: number;
  readonly refused: number;
  /** Tries that it refused and no other layer did. */
  readonly refusedAlone: number;
  /** In its own words: the first reason for what it did. */
  readonly why: string;
  readonly atMs: number | null;
  /** Line of the journal that shows it; null for a silent one. */
  readonly seq: number | null;
  /** What would have been left without it, as far as it is known. */
  readonly without: string;
  /** By re-run; null: not known. */
  readonly necessary: boolean | null;
  readonly sufficient: boolean | null;
}

export interface Try {
  readonly seq: number;
  readonly atMs: number;
  readonly step: string;
  readonly door: string;
  readonly verb: string;
  readonly resource: string;
  readonly decision: string;
  readonly decidedBy: readonly string[];
  readonly landed: boolean;
  /** By layer, in the order of `layers`. */
  readonly answers: readonly TryAnswer[];
}

export interface TryAnswer {
  readonly guardrail: string;
  readonly answer: 'refused' | 'wanted-approval' | 'narrowed' | 'passed' | 'failed' | 'not-asked';
  readonly reason: string;
  readonly seq: number | null;
}

const MOST_TRIES = 100;

export function layers({ score, arms }: ScenarioStory): LayersView {
  const state = arms.guarded;
  if (state === undefined || state.identity === null)
    return {
      profile: '',
      layers: null,
      tries: [],
      atStake: atStake(score),
      sentence: 'This arm left no journal.',
    };
  const planned = state.identity.guardrails;
  const tries = state.actions
    .filter(isTry)
    .slice(0, MOST_TRIES)
    .map(action => tryOf(action, planned));
  return {
    profile: state.identity.profile.id,
    layers: planned.map(guardrail => layerOf(guardrail, { state, tries, score })),
    tries,
    atStake: atStake(score),
    sentence: sentenceOf(score, planned.length),
  };
}

/** A step of the scenario that would reach something: looking and writing down is no try, and guardrails allow it. */
function isTry({ stepId, effect, decision }: ActionMark): boolean {
  return stepId !== null && !(decision === 'allowed' && effect !== null && effect.reaches.length === 0);
}

function tryOf(action: ActionMark, planned: readonly PlannedGuardrail[]): Try {
  const { seq, atMs, door, verb, resource, decision, decidedBy, landed } = action;
  return {
    ...{ seq, atMs, door, verb, resource, decision, decidedBy, landed },
    step: action.stepId ?? '',
    answers: planned.map(({ id }) => {
      const answer = action.answers.find(({ guardrail }) => guardrail === id);
      return {
        guardrail: id,
        answer: wordOf(answer),
        reason: answer?.reason ?? '',
        seq: answer?.seq ?? null,
      };
    }),
  };
}

function wordOf(answer: AnswerMark | undefined): TryAnswer['answer'] {
  if (answer === undefined) return 'not-asked';
  if (answer.effect === 'error' || answer.effect === 'undefined') return 'failed';
  return ANSWER_WORDS[answer.countedAs] ?? 'passed';
}

const ANSWER_WORDS: Readonly<Record<string, TryAnswer['answer']>> = {
  deny: 'refused',
  'require-approval': 'wanted-approval',
  narrow: 'narrowed',
};

interface LayerSource {
  readonly state: ArmState;
  readonly tries: readonly Try[];
  readonly score: ScenarioScore | null;
}

function layerOf({ id, use, doors }: PlannedGuardrail, { state, tries, score }: LayerSource): Layer {
  const mine = tries.flatMap(one =>
    one.answers.filter(({ guardrail }) => guardrail === id).map(answer => ({ one, answer })),
  );
  const asked = mine.filter(({ answer }) => answer.answer !== 'not-asked');
  const refused = asked.filter(({ one, answer }) => isRefusal(answer) && !one.landed);
  const alone = refused.filter(({ one }) => one.answers.filter(isRefusal).length === 1);
  const told = score?.attribution.find(({ guardrail }) => guardrail === id);
  const { outcome, seq, atMs, why } = deedOf(id, { state, tries, asked, refused });
  const [necessary, sufficient] = [told?.necessary ?? null, told?.sufficient ?? null];
  const counts = { asked: asked.length, refused: refused.length, refusedAlone: alone.length };
  return {
    ...{ guardrail: id, use, doors, outcome, why, atMs, seq, necessary, sufficient },
    ...counts,
    without: withoutIt({ outcome, necessary, ...counts }),
  };
}

interface Met {
  readonly one: Try;
  readonly answer: TryAnswer;
}

interface Deed {
  readonly outcome: LayerOutcome;
  readonly seq: number | null;
  readonly atMs: number | null;
  readonly why: string;
}

/** The strongest thing that it did, by the rules of `score/attribution.ts`. */
function deedOf(
  id: string,
  {
    state,
    tries,
    asked,
    refused,
  }: { state: ArmState; tries: readonly Try[]; asked: readonly Met[]; refused: readonly Met[] },
): Deed {
  const ofMark = (outcome: LayerOutcome, kinds: readonly string[], tone: Tone): Deed | null => {
    const mark = state.events.find(
      event =>
        event.lane === 'guardrails' && event.who === id && event.tone === tone && kinds.includes(event.kind),
    );
    return mark === undefined ? null : { outcome, seq: mark.seq, atMs: mark.atMs, why: mark.label };
  };
  const ofTry = (outcome: LayerOutcome, met: Met | undefined): Deed | null =>
    met === undefined ? null : { outcome, seq: met.answer.seq, atMs: met.one.atMs, why: met.answer.reason };
  const isPrevented = !tries.some(({ landed }) => landed);
  const narrowed = asked.find(({ answer }) => answer.answer === 'narrowed');
  return (
    (isPrevented ? ofTry('held', refused[0]) : null) ??
    ofMark('caught', ['ordered', 'rolled-back'], 'good') ??
    ofTry('limited', refused[0] ?? narrowed) ??
    ofMark('limited', ['held'], 'warn') ??
    ofTry(
      'failed',
      asked.find(({ answer }) => answer.answer === 'failed'),
    ) ??
    ofMark('failed', ['failed'], 'bad') ??
    ofMark('alarmed', ['fired'], 'warn') ??
    ofMark('alarmed', ['ordered'], 'bad') ??
    ofTry('passed', asked[0]) ?? {
      outcome: 'silent',
      seq: null,
      atMs: null,
      why: 'It was never asked about the mistake.',
    }
  );
}

function isRefusal({ answer }: TryAnswer): boolean {
  return answer === 'refused' || answer === 'wanted-approval';
}

/** Only a re-run can tell; without one, the answers of the others are what is known. */
function withoutIt({
  outcome,
  necessary,
  refused,
  refusedAlone,
}: Pick<Layer, 'outcome' | 'necessary' | 'refused' | 'refusedAlone'>): string {
  if (necessary === true) return 'Without it the mistake escapes (re-run).';
  if (necessary === false && refused > 0) return 'Without it the others still hold (re-run).';
  if (necessary === false) return 'Without it the verdict is the same (re-run).';
  if (outcome === 'passed' || outcome === 'silent')
    return 'Without it nothing would have been different: it stopped nothing.';
  if (refused === 0) return 'Not known: there was no re-run.';
  if (refusedAlone === 0) return 'Not re-run; another layer refused every one of these tries as well.';
  if (refusedAlone === refused) return 'Not re-run; no other layer refused what it refused.';
  return `Not re-run; other layers refused all but ${refusedAlone} of what it refused.`;
}

function sentenceOf(score: ScenarioScore | null, guardrails: number): string {
  if (guardrails === 0) return 'The profile has no guardrail: there was no layer to pass.';
  const told = score === null ? null : attributionSentence(score);
  if (told === null) return 'Not known which layer mattered: nothing was judged.';
  return `${told.slice(0, 1).toUpperCase()}${told.slice(1)}`;
}

function atStake(score: ScenarioScore | null): string | null {
  const arm = score?.arms.unguarded ?? null;
  if (arm === null || arm.harm === null) return null;
  const { harm, severity } = arm;
  const outage = harm.outages[0];
  const grade = severity === null ? 'no severity' : `Sev-${severity}`;
  const reach = `${plural(harm.cellsAffected.length, 'service')} affected`;
  return `${grade}, ${reach}. ${outage === undefined ? 'Nobody was turned away.' : outageSentence(outage)}`;
}
