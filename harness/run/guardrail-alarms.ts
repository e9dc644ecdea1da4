import type { AlarmChange } from '../people/alarms.ts';
import type { RaisedAlarm } from '../ports/guardrail.ts';

/** Passes alarms that guardrails raise on to whoever is paged. */
export interface GuardrailAlarms {
  raise(guardrail: string, alarm: RaisedAlarm): void;
  subscribe(listener: (change: AlarmChange) => void): () => void;
}

export function createGuardrailAlarms(): GuardrailAlarms {
  const listeners = new Set<(change: AlarmChange) => void>();
  return {
    raise: (guardrail, { alarm, subject, phase }) => {
      for (const listener of listeners) listener({ alarm, source: guardrail, subject, phase });
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
