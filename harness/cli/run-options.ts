import type { BrowserMode } from './browser-use.ts';

/** Options of `brakecheck run`, as commander hands them over. */
export interface RunOptions {
  readonly profile: string;
  readonly against?: string;
  readonly stack: string;
  /** Ms. */
  readonly sample?: number;
  readonly browser: BrowserMode;
  readonly seed: string;
  readonly seeds?: number;
  readonly out?: string;
  /** Also write `report.sarif`. */
  readonly sarif?: boolean;
  /** File to append the Markdown report to. */
  readonly summary?: string;
  readonly json?: boolean;
  /** Lines of progress instead of the full screen. */
  readonly plain?: boolean;
  readonly dryRun?: boolean;
  readonly failUnder?: number;
  readonly attribution: boolean;
  readonly friction?: boolean;
}
