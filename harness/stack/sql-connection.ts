/** One connection to a database, whichever engine is behind it. */
export interface SqlConnection {
  /** The server has ended it: it is of no use to anybody. Left out, it never happens. */
  readonly isLost?: boolean;
  run(sql: string, parameters: readonly unknown[]): Promise<SqlRows>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Gives the connection back to the database server. Never throws. */
  close(): void;
}

export interface SqlRows {
  readonly rows: readonly Record<string, unknown>[];
  /** Rows inserted, updated or deleted. */
  readonly changed: number;
}
