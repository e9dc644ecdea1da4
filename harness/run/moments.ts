import { isChange, type WatchedJournal } from './watched-journal.ts';

/** What is known of the mistake so far. */
export interface MistakeState {
  /** Something of the mistake has begun to change the world. */
  readonly hasLanded: boolean;
}

/**
 * Follows the journal and notes the moments that are known when they happen: the mistake's first action carried out,
 * its first change of the world, and who noticed first. Moments of harm are the score's to find.
 */
export function noteMoments(journal: WatchedJournal): MistakeState {
  const noted = new Set<string>();
  const mistakeActions = new Set<string>();
  const note = (moment: 'action' | 'effect' | 'detected', by: string | null, detail: string) => {
    if (noted.has(moment)) return;
    noted.add(moment);
    journal.write({ type: 'moment', moment, by, detail });
  };
  journal.onEvent(event => {
    if (event.type === 'action-requested' && event.stepId !== null) mistakeActions.add(event.action.id);
    if (event.type === 'effect-started' && event.reaches.length > 0 && mistakeActions.has(event.actionId)) {
      note('action', null, `${event.verb} ${event.resource}`);
    }
    if (isChange(event) && mistakeActions.has(event.actionId) && noted.has('action')) {
      note('effect', null, event.type);
    }
    if (!noted.has('effect')) return;
    if (event.type === 'alarm' && event.phase === 'fired') {
      note('detected', event.source === 'ordinary' ? 'alarm' : event.source, event.alarm);
    }
    if (event.type === 'person' && event.phase === 'noticed') note('detected', event.role, event.text);
  });
  return {
    get hasLanded() {
      return noted.has('action');
    },
  };
}
