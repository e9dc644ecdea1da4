/** Options of `brakecheck gameday`, as commander hands them over. */
export interface GameDayOptions {
  readonly out?: string;
  readonly json?: boolean;
  /** File to append the scoreboard to, as Markdown. */
  readonly summary?: string;
  readonly dryRun?: boolean;
  readonly workers?: number;
  readonly fresh?: boolean;
  readonly stopFile?: string;
}
