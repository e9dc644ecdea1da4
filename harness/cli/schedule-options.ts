/** Options of `brakecheck schedule`, as commander hands them over. */
export interface ScheduleOptions {
  readonly dryRun?: boolean;
  readonly count: number;
  /** Where the listing of the dry run begins, ms since 1970; left out, now. */
  readonly from?: number;
  readonly json?: boolean;
  readonly reports: string;
  readonly state?: string;
  /** False with --no-listen. */
  readonly listen: ListenAddress | false;
  readonly log: 'words' | 'json';
  /** False with --no-notify. */
  readonly notify?: boolean;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}
