/** Options of `brakecheck run`, as commander hands them over. */
export interface RunOptions {
  readonly profile: string;
  readonly against?: string;
  readonly stack: string;
  /** Ms. */
  readonly sample?: number;
  readonly seed: string;
  readonly seeds?: number;
  readonly out?: string;
  /** Also write `report.sarif`. */
  readonly sarif?: boolean;
  /** File to append the Markdown report to. */
  readonly summary?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly failUnder?: number;
  readonly attribution: boolean;
  readonly friction?: boolean;
}
