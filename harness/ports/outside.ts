/**
 * The world beyond the process, as an adapter may touch it. Implemented in `harness/cli/outside/`; recorded and faked in
 * tests. Nothing here is tried twice: a question is asked once, and what comes of it is the answer.
 */
export interface Outside {
  /** One exchange over HTTP or HTTPS; redirects are not followed. Rejects with an `OutsideFailure`. */
  http(ask: HttpAsk): Promise<HttpReply>;
  /** Runs one program to its end. Rejects with an `OutsideFailure`; an exit code other than 0 is a reply. */
  exec(ask: ExecAsk): Promise<ExecReply>;
  /** A file as UTF-8 text; relative paths are taken from the folder of the profile's file. Rejects with an `OutsideFailure`. */
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  /** A secret by the name of its environment variable; null when it is not set, or empty. Its value is redacted wherever it would be shown. */
  secret(name: string): string | null;
  /** The text with the value of every secret that was asked for replaced. */
  redact(text: string): string;
}

/** Files of a TLS connection, by path as for `readText`. */
export interface TlsFiles {
  /** PEM of the authorities to trust instead of the well-known ones. */
  readonly ca: string | null;
  /** PEM of a client certificate and its key, for mutual TLS: both or none. */
  readonly cert: string | null;
  readonly key: string | null;
}

export interface HttpAsk {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Most real time for the whole exchange, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** Longest body of the reply. */
  readonly maxBytes: number;
  /** Null: the machine's own trust. */
  readonly tls: TlsFiles | null;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ExecAsk {
  /** The program and its arguments; no shell reads them. A program with a `/` in it is a path from the profile's folder. */
  readonly command: readonly [string, ...string[]];
  /** Working folder, from the profile's folder; the profile's folder when left out. */
  readonly cwd?: string;
  readonly stdin: string;
  /** The whole environment besides PATH; nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Longest standard output, and longest standard error. */
  readonly maxBytes: number;
}

export interface ExecReply {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why nothing usable came back from outside. `broken-off`: the other side ended before its answer was whole. */
export type OutsideFault =
  | 'timeout'
  | 'unreachable'
  | 'broken-off'
  | 'too-large'
  | 'redirected'
  | 'bad-tls'
  | 'not-found'
  | 'unreadable';

/** The one error that an `Outside` rejects with. Its message is a clause, without secrets: "it did not answer within 2000 ms". */
export class OutsideFailure extends Error {
  readonly fault: OutsideFault;

  constructor(fault: OutsideFault, message: string) {
    super(message);
    this.name = 'OutsideFailure';
    this.fault = fault;
  }
}
