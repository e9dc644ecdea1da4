import type { ArmPool } from './arm-pool.ts';
import type { ExitCodeName } from './exit-codes.ts';

/** Whether somebody has asked the run to end, and by which signal. */
export interface Interruption {
  readonly exitName: Extract<ExitCodeName, 'interrupted' | 'terminated'> | null;
  close(): void;
}

/** Package managers and `timeout` hand on a signal that the terminal has sent already: within this time it is the same one. */
const SAME_SIGNAL_MS = 1_000;

/** The first Ctrl-C or SIGTERM lets every arm close its journal; a second one, a second later or more, ends the process at once. */
export function watchSignals(pool: ArmPool): Interruption {
  let exitName: Interruption['exitName'] = null;
  let firstAtMs = 0;
  const onSignal = (name: NonNullable<Interruption['exitName']>) => () => {
    if (exitName !== null) {
      if (performance.now() - firstAtMs < SAME_SIGNAL_MS) return;
      process.exit(name === 'interrupted' ? 130 : 143);
    }
    exitName = name;
    firstAtMs = performance.now();
    process.stderr.write('\nclosing the journals; press Ctrl-C again to end at once\n');
    pool.requestStop();
  };
  const onInterrupt = onSignal('interrupted');
  const onTerminate = onSignal('terminated');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    get exitName() {
      return exitName;
    },
    close: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
