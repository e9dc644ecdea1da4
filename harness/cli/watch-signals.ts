import type { ArmPool } from './arm-pool.ts';
import type { ExitCodeName } from './exit-codes.ts';

/** Whether somebody has asked the run to end, and by which signal. */
export interface Interruption {
  readonly exitName: Extract<ExitCodeName, 'interrupted' | 'terminated'> | null;
  close(): void;
}

/** The first Ctrl-C or SIGTERM lets every arm close its journal; a second one ends the process at once. */
export function watchSignals(pool: ArmPool): Interruption {
  let exitName: Interruption['exitName'] = null;
  const onSignal = (name: NonNullable<Interruption['exitName']>) => () => {
    if (exitName !== null) process.exit(name === 'interrupted' ? 130 : 143);
    exitName = name;
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
