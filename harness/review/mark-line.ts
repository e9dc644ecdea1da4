import type { JournalLine } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import { listed, plural } from '../report/words.ts';
import { actionOf } from './action-marks.ts';
import type { EventMark, Tone } from './event-mark.ts';
import { type Draft, laneFor, laneOf, type MarkContext } from './mark-context.ts';
import { markGuardrailLine } from './mark-guardrail-line.ts';
import { markTableLine } from './mark-table-line.ts';

const MOST_LETTERS = 160;

/** The line as a mark of a lane; null for what fills no line of a story: windows, plain allowances, quiet snapshots. */
export function markLine(line: JournalLine, context: MarkContext): EventMark | null {
  const draft = draftOf(line, context);
  if (draft === null) return null;
  return {
    seq: line.seq,
    atMs: line.atMs,
    fromMs: draft.fromMs ?? null,
    type: line.type,
    kind: safeText(draft.kind, 64),
    lane: draft.lane,
    tone: draft.tone,
    action: actionId(line),
    who: safeText(draft.who, 64),
    label: safeText(draft.label, MOST_LETTERS),
  };
}

function actionId(line: JournalLine): string | null {
  if (line.type === 'action-requested') return safeText(line.action.id, 64);
  return 'actionId' in line ? safeText(line.actionId, 64) : null;
}

function draftOf(line: JournalLine, context: MarkContext): Draft | null {
  switch (line.type) {
    case 'action-requested':
      return requested(line, context);
    case 'effect-started':
    case 'effect-finished':
      return effect(line, context);
    case 'person':
      return person(line);
    case 'agent':
      return agent(line);
    case 'table':
      return markTableLine(line);
    case 'gate':
    case 'snapshot':
    case 'moment':
    case 'goal':
    case 'closed':
      return world(line);
    default:
      return markGuardrailLine(line, context);
  }
}

type Line<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>;

function requested({ action, stepId }: Line<'action-requested'>, { actions }: MarkContext): Draft {
  const who = safeText(action.actor.id, 64);
  return {
    kind: 'asked',
    lane: laneFor({ stepId, who, whoKind: action.actor.kind }, actions),
    tone: 'plain',
    who,
    label: `asks for ${safeText(action.verb, 64)} on ${safeText(action.resource, 100)} (${safeText(action.door, 32)})`,
  };
}

/** What only looks or writes down is no mark: its request is one already. */
function effect(line: Line<'effect-started' | 'effect-finished'>, context: MarkContext): Draft | null {
  const action = actionOf(context.actions, line.actionId);
  const { lane, who } = laneOf(line.actionId, context);
  const what = action === null ? 'a change' : `${action.verb} on ${action.resource}`;
  if (line.type === 'effect-started') {
    if (line.reaches.length === 0) return null;
    const forbidden = line.forbidden.length === 0 ? '' : ', which is forbidden';
    const tone = forbidden === '' ? 'warn' : 'bad';
    return { kind: 'started', lane, who, tone, label: `${what} begins${forbidden}` };
  }
  if (action?.effect !== null && action?.effect.reaches.length === 0 && line.ok) return null;
  const fromMs = action?.effect?.startedMs ?? null;
  if (!line.ok)
    return { kind: 'failed', lane, who, tone: 'warn', fromMs, label: `${what} failed: ${line.detail}` };
  const isHarm = line.changed && (action?.effect?.forbidden.length ?? 0) > 0;
  return {
    kind: 'took-effect',
    lane,
    who,
    tone: isHarm ? 'bad' : 'plain',
    fromMs,
    label: `${what} ${line.changed ? 'took effect' : 'changed nothing'}`,
  };
}

function person({ who, role, phase, sinceMs, atMs, kind, text }: Line<'person'>): Draft {
  const declared = kind === 'declared' && atMs > sinceMs ? ' (declared time)' : '';
  return {
    kind: phase,
    lane: 'people',
    tone: PERSON_TONES[phase] ?? 'plain',
    who,
    fromMs: sinceMs < atMs ? sinceMs : null,
    label: `${role} ${phase.replaceAll('-', ' ')}: ${safeText(text, 120)}${declared}`,
  };
}

const PERSON_TONES: Readonly<Record<string, Tone>> = {
  noticed: 'good',
  repaired: 'good',
  'repair-failed': 'bad',
  'gave-up': 'bad',
};

/** A step's start stands in its request, its end in the effect or the refusal. */
function agent({ agent: who, stepId, phase, text }: Line<'agent'>): Draft | null {
  if (stepId !== null && (phase === 'started' || phase === 'finished' || phase === 'surprised')) return null;
  const tone = phase === 'gave-up' ? 'good' : phase === 'fallback' ? 'warn' : 'plain';
  const task = phase === 'started' ? 'sets out: ' : `${phase.replaceAll('-', ' ')}: `;
  return { kind: phase, lane: 'agent', tone, who, label: `${task}${text}` };
}

function world(line: Line<'gate' | 'snapshot' | 'moment' | 'goal' | 'closed'>): Draft | null {
  const base = { lane: 'world', who: '' } as const;
  switch (line.type) {
    case 'gate': {
      const failing = line.probes.filter(({ met }) => !met).length;
      const label = line.met
        ? `steady state met: ${plural(line.probes.length, 'probe')}`
        : `steady state not met: ${failing} of ${plural(line.probes.length, 'probe')}`;
      return { ...base, kind: 'gate', tone: line.met ? 'good' : 'bad', label };
    }
    case 'snapshot':
      return snapshot(line);
    case 'moment': {
      const by = line.by === null ? '' : ` by ${safeText(line.by, 64)}`;
      const detail = line.detail === '' ? '' : ` (${safeText(line.detail, 100)})`;
      return {
        ...base,
        kind: line.moment,
        tone: 'plain',
        label: `${MOMENT_WORDS[line.moment]}${by}${detail}`,
      };
    }
    case 'goal': {
      const isDone = line.met && !line.reverted;
      const label = `${safeText(line.changeId, 64)}: ${isDone ? 'live' : line.reverted ? 'taken back' : 'not live'}`;
      return { ...base, kind: 'goal', tone: isDone ? 'good' : 'bad', label };
    }
    case 'closed':
      return {
        ...base,
        kind: 'closed',
        tone: line.status === 'completed' ? 'plain' : 'bad',
        label: `the arm ends: ${line.status} (${line.reason})`,
      };
  }
}

const MOMENT_WORDS: Readonly<Record<string, string>> = {
  action: 'first wrong action',
  effect: 'the world has changed',
  impact: 'first harm',
  detected: 'detected',
  spreadStopped: 'spread stopped',
  steadyAgain: 'steady again',
};

function snapshot({ cells, reason }: Line<'snapshot'>): Draft | null {
  const gone = cells.filter(({ hasDatabase, instances }) => !hasDatabase || instances === 0);
  const hurt = cells.filter(({ tables }) => tables.some(({ lost, corrupted }) => lost + corrupted > 0));
  if (gone.length + hurt.length === 0 || reason === 'before') return null;
  const parts = [
    ...(gone.length === 0 ? [] : [`${named(gone)} gone`]),
    ...(hurt.length === 0 ? [] : [`rows damaged in ${named(hurt)}`]),
  ];
  return { kind: 'damage', lane: 'world', tone: 'bad', who: '', label: `inventory: ${parts.join('; ')}` };
}

function named(cells: readonly { readonly cell: string }[]): string {
  const names = cells.slice(0, 3).map(({ cell }) => safeText(cell, 48));
  return listed(cells.length > 3 ? [...names, `${cells.length - 3} more`] : names);
}
