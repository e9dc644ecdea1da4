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
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly failUnder?: number;
  readonly attribution: boolean;
  readonly friction?: boolean;
}
