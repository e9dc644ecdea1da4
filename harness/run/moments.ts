import type { JournalEvent } from '../journal/events.ts';
import type { Journal } from '../journal/journal.ts';

/**
 * Watches the journal as it is written and notes the moments that are known when they happen: the mistake's first
 * action carried out, its first change of the world, and who noticed first. Moments of harm are the score's to find.
 */
export function withMoments(journal: Journal): Journal {
  const noted = new Set<string>();
  const mistakeActions = new Set<string>();
  const note = (moment: 'action' | 'effect' | 'detected', by: string | null, detail: string) => {
    if (noted.has(moment)) return;
    noted.add(moment);
    journal.write({ type: 'moment', moment, by, detail });
  };
  const look = (event: JournalEvent) => {
    if (event.type === 'action-requested' && event.stepId !== null) mistakeActions.add(event.action.id);
    if (event.type === 'effect-started' && event.reaches.length > 0 && mistakeActions.has(event.actionId)) {
      note('action', null, `${event.verb} ${event.resource}`);
    }
    if (isChange(event) && mistakeActions.has(event.actionId) && noted.has('action'))
      note('effect', null, event.type);
    if (!noted.has('effect')) return;
    if (event.type === 'alarm' && event.phase === 'fired')
      note('detected', event.source === 'ordinary' ? 'alarm' : event.source, event.alarm);
    if (event.type === 'person' && event.phase === 'noticed') note('detected', event.role, event.text);
  };
  return {
    write: event => {
      const seq = journal.write(event);
      look(event);
      return seq;
    },
  };
}

function isChange(
  event: JournalEvent,
): event is Extract<JournalEvent, { type: 'effect-finished' | 'rollout-step' }> {
  return (
    (event.type === 'effect-finished' && event.changed) ||
    (event.type === 'rollout-step' && event.step === 'started')
  );
}
