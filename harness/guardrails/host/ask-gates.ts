import type { Door } from '../../ports/action.ts';
import type { GateRuling, GuardrailEntry, RolloutGate } from '../../ports/guardrail.ts';
import type { GateVerdict } from '../../ports/guardrail-chain.ts';
import { cleanText } from './clean-text.ts';
import { frozenCopy } from './guarded-view.ts';
import { countsAs, type Failure, isFailure, readGateRuling } from './read-reply.ts';
import type { Table } from './table.ts';

const STRICTNESS = { advance: 0, hold: 1, 'roll-back': 2 } as const;
/** Gates remembered as failed once; a run has far fewer. */
const MOST_FAILED_GATES = 1_000;

/**
 * Asks every guardrail at the door that gates roll-outs; the strictest rules: roll-back > hold > advance. One that
 * fails closed holds the first time a wave has baked, and rolls back when it fails again after the extra bake.
 */
export async function askGates(table: Table, door: Door, gate: RolloutGate): Promise<GateVerdict> {
  const view = frozenCopy(gate);
  let verdict: GateVerdict = { ruling: 'advance', by: null, reason: 'no guardrail held it' };
  for (const { entry, seat } of table.seats) {
    if (!seat.powers.gateRollout || !entry.doors.includes(door)) continue;
    const reply = await seat.ask({ kind: 'gateRollout', about: view }, table.nowMs());
    const answer = readGateRuling(reply);
    const ruling = isFailure(answer)
      ? rulingOnFailure(table, { ...entry, onFailure: countsAs(reply, entry.onFailure) }, answer, gate)
      : answer;
    const journaled = isFailure(answer) ? answer : { effect: answer.ruling, reason: answer.reason };
    table.write({
      type: 'guardrail-answered',
      guardrail: entry.id,
      about: 'gate',
      subject: gate.rolloutId,
      answer: journaled,
      countedAs: ruling.ruling,
    });
    table.onAsked?.({
      guardrail: entry.id,
      about: 'gate',
      view,
      reply,
      answer: journaled,
      countedAs: ruling.ruling,
    });
    if (STRICTNESS[ruling.ruling] > STRICTNESS[verdict.ruling]) {
      verdict = { ruling: ruling.ruling, by: entry.id, reason: ruling.reason };
    }
  }
  return verdict;
}

function rulingOnFailure(
  table: Table,
  entry: GuardrailEntry,
  failure: Failure,
  gate: RolloutGate,
): GateRuling {
  const reason = cleanText(`it failed and fails ${entry.onFailure} (${failure.reason})`);
  if (entry.onFailure === 'open') return { ruling: 'advance', reason };
  const place = JSON.stringify([entry.id, gate.rolloutId, gate.wave]);
  if (table.failedGates.has(place)) return { ruling: 'roll-back', reason };
  if (table.failedGates.size >= MOST_FAILED_GATES) table.failedGates.clear();
  table.failedGates.add(place);
  return { ruling: 'hold', reason };
}
