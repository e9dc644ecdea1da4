import type { JournalLine } from '../journal/events.ts';
import { parseResource } from '../ports/resource.ts';
import { safeText } from '../report/safe-text.ts';

/** A request for a change, every guardrail's answer to it, and what became of it. */
export interface ActionMark {
  readonly id: string;
  /** The request's line. */
  readonly seq: number;
  readonly atMs: number;
  /** The scenario's step; null for what people, guardrails and automation ask. */
  readonly stepId: string | null;
  readonly who: string;
  readonly whoKind: string;
  readonly door: string;
  readonly verb: string;
  readonly resource: string;
  readonly task: string;
  readonly because: string;
  /** In the order in which they were asked. */
  readonly answers: readonly AnswerMark[];
  /** `undecided` until it is. */
  readonly decision: string;
  readonly decidedBy: readonly string[];
  readonly reason: string;
  readonly effect: EffectMark | null;
  /** Its effect changed production, even if it was turned round later. */
  readonly landed: boolean;
}

/** One guardrail's answer. What counted after its failure rule is `countedAs`. */
export interface AnswerMark {
  readonly guardrail: string;
  readonly seq: number;
  readonly effect: string;
  readonly countedAs: string;
  readonly reason: string;
}

export interface EffectMark {
  readonly startedMs: number;
  /** Null while it is under way. */
  readonly finishedMs: number | null;
  readonly ok: boolean | null;
  readonly cells: readonly string[];
  readonly reaches: readonly string[];
  readonly forbidden: readonly string[];
  readonly detail: string;
}

const MOST_ACTIONS = 500;
const MOST_ANSWERS = 64;
const MOST_CELLS = 64;

/** Takes the line into the list in place; returns how many requests found no room. */
export function noteAction(actions: ActionMark[], line: JournalLine): number {
  switch (line.type) {
    case 'action-requested':
      if (actions.length >= MOST_ACTIONS) return 1;
      actions.push(requested(line));
      return 0;
    case 'guardrail-answered':
      if (line.about === 'action' && line.subject !== null) answer(actions, line.subject, line);
      return 0;
    case 'action-decided':
      change(actions, line.actionId, mark => ({
        ...mark,
        decision: word(line.decision),
        decidedBy: line.by.slice(0, MOST_ANSWERS).map(word),
        reason: safeText(line.reason, 300),
      }));
      return 0;
    case 'effect-started':
      change(actions, line.actionId, mark => started(mark, line));
      return 0;
    case 'effect-finished':
      change(actions, line.actionId, mark => finished(mark, line));
      return 0;
    default:
      return 0;
  }
}

/** The action of that id, when it is among the kept ones. */
export function actionOf(actions: readonly ActionMark[], id: string): ActionMark | null {
  return actions.findLast(action => action.id === word(id)) ?? null;
}

type Line<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>;

function requested(line: Line<'action-requested'>): ActionMark {
  const { action } = line;
  return {
    id: word(action.id),
    seq: line.seq,
    atMs: line.atMs,
    stepId: line.stepId === null ? null : word(line.stepId),
    who: word(action.actor.id),
    whoKind: word(action.actor.kind),
    door: word(action.door),
    verb: word(action.verb),
    resource: safeText(action.resource, 100),
    task: safeText(action.task, 200),
    because: safeText(action.because, 200),
    answers: [],
    decision: 'undecided',
    decidedBy: [],
    reason: '',
    effect: null,
    landed: false,
  };
}

function answer(actions: ActionMark[], id: string, line: Line<'guardrail-answered'>): void {
  change(actions, id, mark =>
    mark.answers.length >= MOST_ANSWERS
      ? mark
      : {
          ...mark,
          answers: [
            ...mark.answers,
            {
              guardrail: word(line.guardrail),
              seq: line.seq,
              effect: word(line.answer.effect),
              countedAs: word(line.countedAs),
              reason: safeText(line.answer.reason, 300),
            },
          ],
        },
  );
}

function started(mark: ActionMark, line: Line<'effect-started'>): ActionMark {
  const effect: EffectMark = {
    startedMs: line.atMs,
    finishedMs: null,
    ok: null,
    cells: line.cells.slice(0, MOST_CELLS).map(word),
    reaches: line.reaches.slice(0, MOST_CELLS).map(word),
    forbidden: line.forbidden.slice(0, MOST_CELLS).map(word),
    detail: '',
  };
  // The rule of `score/mistake.ts`: a step that reaches nothing, or works on staging, is no effect of the mistake.
  const isProduction = line.cells.length > 0 || parseResource(line.resource)?.environment === 'production';
  return { ...mark, effect, landed: line.reaches.length > 0 && isProduction };
}

function finished(mark: ActionMark, line: Line<'effect-finished'>): ActionMark {
  if (mark.effect === null) return mark;
  const effect = { ...mark.effect, finishedMs: line.atMs, ok: line.ok, detail: safeText(line.detail, 300) };
  return { ...mark, effect, landed: mark.landed && line.changed };
}

function change(actions: ActionMark[], id: string, update: (mark: ActionMark) => ActionMark): void {
  const known = word(id);
  const at = actions.findLastIndex(action => action.id === known);
  const mark = actions[at];
  if (mark !== undefined) actions[at] = update(mark);
}

function word(text: string): string {
  return safeText(String(text), 64);
}
