import type { ArmRecord } from './arm-record.ts';
import { linesOf } from './arm-record.ts';
import { mistakeActions } from './mistake.ts';
import type { Verdict } from './verdict.ts';

/** What one guardrail did in the guarded arm, cited by the journal's sequence numbers. */
export interface Attribution {
  readonly guardrail: string;
  readonly effect: 'prevented' | 'limited' | 'rolled-back' | 'alarmed' | 'silent' | 'failed';
  /** World time of the first piece of evidence; null for a silent one. */
  readonly atMs: number | null;
  readonly evidence: readonly number[];
  /** The verdict flips without it. Null: not re-run. */
  readonly necessary: boolean | null;
  /** It contains the mistake alone. Null: not re-run. */
  readonly sufficient: boolean | null;
}

/** The verdict of a re-run with one guardrail taken out (`without`) or left alone (`only`). */
export interface Rerun {
  readonly scenario: string;
  readonly kind: 'without' | 'only';
  readonly guardrail: string;
  readonly verdict: Verdict;
}

const MOST_EVIDENCE = 20;

/** What a guardrail did, before any re-run. */
export type Deed = Omit<Attribution, 'necessary' | 'sufficient'>;

/** What each guardrail of the profile did, in the profile's order. */
export function deedsOf(guarded: ArmRecord): Deed[] {
  const isPrevented = !mistakeActions(guarded).some(({ landed }) => landed);
  return guarded.plan.profile.guardrails.map(({ id }) => {
    const { effect, lines } = deedOf(guarded, id, isPrevented);
    return {
      guardrail: id,
      effect,
      atMs: lines[0]?.atMs ?? null,
      evidence: lines.slice(0, MOST_EVIDENCE).map(({ seq }) => seq),
    };
  });
}

/** Deeds with what re-runs of the same scenario say: only they can tell that a guardrail mattered. */
export function attributionsOf(
  deeds: readonly Deed[],
  base: Verdict,
  reruns: readonly Rerun[],
): Attribution[] {
  return deeds.map(deed => {
    const rerun = (kind: Rerun['kind']) =>
      reruns.find(candidate => candidate.kind === kind && candidate.guardrail === deed.guardrail)?.verdict ??
      null;
    const without = rerun('without');
    const only = rerun('only');
    return {
      ...deed,
      necessary: without === null ? null : base === 'contained' && without === 'escaped',
      sufficient: only === null ? null : only === 'contained',
    };
  });
}

interface Cited {
  readonly seq: number;
  readonly atMs: number;
}

/** The strongest thing it did. An answer that stood only because the guardrail failed closed is no merit of its own. */
function deedOf(
  record: ArmRecord,
  id: string,
  isPrevented: boolean,
): { effect: Attribution['effect']; lines: readonly Cited[] } {
  const answers = linesOf(record, 'guardrail-answered').filter(({ guardrail }) => guardrail === id);
  const faults = answers.filter(({ answer }) => answer.effect === 'error');
  const undone = [
    ...linesOf(record, 'containment').filter(
      ({ guardrail, result }) => guardrail === id && result === 'done',
    ),
    ...linesOf(record, 'rollout-step').filter(({ by, step }) => by === id && step === 'rolled-back'),
  ].sort((a, b) => a.seq - b.seq);
  const held = heldBy(record, id);
  const alarms = [
    ...linesOf(record, 'alarm').filter(({ source, phase }) => source === id && phase === 'fired'),
    ...linesOf(record, 'containment').filter(
      ({ guardrail, result }) => guardrail === id && result !== 'done',
    ),
  ].sort((a, b) => a.seq - b.seq);
  if (held.length > 0 && isPrevented) return { effect: 'prevented', lines: held };
  if (undone.length > 0) return { effect: 'rolled-back', lines: undone };
  if (held.length > 0) return { effect: 'limited', lines: held };
  if (faults.length > 0) return { effect: 'failed', lines: faults };
  if (alarms.length > 0) return { effect: 'alarmed', lines: alarms };
  return { effect: 'silent', lines: [] };
}

/** Its own answers (shadow answers too) that went against what did not happen, or that narrowed what did. */
function heldBy(record: ArmRecord, id: string): Cited[] {
  const actions = new Map(mistakeActions(record).map(action => [action.requested.action.id, action]));
  return linesOf(record, 'guardrail-answered').filter(line => {
    if (line.guardrail !== id || line.answer.effect === 'error' || line.answer.effect === 'undefined')
      return false;
    if (line.about === 'gate') return line.countedAs === 'hold';
    const action = line.subject === null ? undefined : actions.get(line.subject);
    if (line.about !== 'action' || action === undefined) return false;
    if (line.countedAs === 'narrow') return true;
    return (line.countedAs === 'deny' || line.countedAs === 'require-approval') && !action.landed;
  });
}
