import type { ContainmentOrder, RaisedAlarm } from '../../ports/guardrail.ts';
import type { TelemetryWindow } from '../../ports/telemetry.ts';
import { frozenCopy } from './guarded-view.ts';
import { type Failure, isFailure, readFindings } from './read-reply.ts';
import type { Table } from './table.ts';

type Order = { readonly guardrail: string; readonly order: ContainmentOrder };

/**
 * Shows a telemetry window to every guardrail that watches; journals orders and alarms, hands alarms on, and returns
 * the orders. A window in which nothing was found leaves no trace, so that a journal grows with trouble, not with time.
 */
export async function askWatchers(table: Table, window: TelemetryWindow): Promise<readonly Order[]> {
  const watching = table.seats.filter(({ seat }) => seat.powers.watch);
  if (watching.length === 0) return [];
  const view = frozenCopy(window);
  const orders: Order[] = [];
  for (const { entry, seat } of watching) {
    const guardrail = entry.id;
    const findings = readFindings(await seat.ask({ kind: 'watch', about: view }, table.nowMs()));
    if (isFailure(findings)) {
      writeFailure(table, guardrail, findings);
      continue;
    }
    table.watchFailures.delete(guardrail);
    for (const finding of findings) {
      if ('alarm' in finding) raise(table, guardrail, finding);
      else orders.push(ordered(table, guardrail, finding));
    }
  }
  return orders;
}

function ordered(table: Table, guardrail: string, order: ContainmentOrder): Order {
  table.write({
    type: 'guardrail-answered',
    guardrail,
    about: 'watch',
    subject: null,
    answer: { effect: 'order', reason: order.because },
    countedAs: 'order',
  });
  return { guardrail, order };
}

function raise(table: Table, guardrail: string, alarm: RaisedAlarm): void {
  table.write({ type: 'alarm', source: guardrail, ...alarm });
  table.onAlarm(guardrail, alarm);
}

function writeFailure(table: Table, guardrail: string, failure: Failure): void {
  const text = `${failure.effect} ${failure.reason}`;
  if (table.watchFailures.get(guardrail) === text) return;
  table.watchFailures.set(guardrail, text);
  table.write({
    type: 'guardrail-answered',
    guardrail,
    about: 'watch',
    subject: null,
    answer: failure,
    countedAs: 'nothing',
  });
}
