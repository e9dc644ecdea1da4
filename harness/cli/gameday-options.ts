import type { BrowserMode } from './browser-use.ts';

/** Options of `brakecheck gameday`, as commander hands them over. */
export interface GameDayOptions {
  readonly out?: string;
  readonly json?: boolean;
  /** File to append the scoreboard to, as Markdown. */
  readonly summary?: string;
  readonly dryRun?: boolean;
  readonly workers?: number;
  readonly fresh?: boolean;
  /** Left out: as the file says. */
  readonly browser?: BrowserMode;
  readonly stopFile?: string;
  /** Seat of this terminal at the table. */
  readonly role?: string;
  /** Folder of a game day whose table this terminal only watches. */
  readonly join?: string;
  /** False: nobody is told of anything. */
  readonly notify?: boolean;
  /** Run nothing, and send everybody a message that is marked as a test. */
  readonly testNotifications?: boolean;
}
