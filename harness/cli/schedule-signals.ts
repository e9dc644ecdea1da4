import type { ExitCodeName } from './exit-codes.ts';
import type { WriteLog } from './schedule-log.ts';

export interface ScheduleSignals {
  /** Aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
  readonly signal: AbortSignal;
  readonly exitName: Extract<ExitCodeName, 'interrupted' | 'terminated'>;
  close(): void;
}

/** Listens for what ends the scheduler, and for SIGHUP, which reads the files again. */
export function watchScheduleSignals(log: WriteLog, onHangUp: () => void): ScheduleSignals {
  const ending = new AbortController();
  let exitName: ScheduleSignals['exitName'] = 'terminated';
  const onSignal = (name: ScheduleSignals['exitName']) => () => {
    if (ending.signal.aborted) process.exit(exitName === 'interrupted' ? 130 : 143);
    exitName = name;
    log({
      level: 'info',
      event: 'ending',
      words: 'ending: what runs is asked to end; once more ends at once',
    });
    ending.abort();
  };
  const handlers = [
    ['SIGINT', onSignal('interrupted')],
    ['SIGTERM', onSignal('terminated')],
    ['SIGHUP', onHangUp],
  ] as const;
  for (const [name, handler] of handlers) process.on(name, handler);
  return {
    signal: ending.signal,
    get exitName() {
      return exitName;
    },
    close: () => {
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}
