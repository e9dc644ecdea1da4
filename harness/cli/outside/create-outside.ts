import type { Outside } from '../../ports/outside.ts';
import { readBytes, readText } from './files.ts';
import { createHttpClient } from './http-client.ts';
import { runProgram } from './run-program.ts';
import { createSecrets } from './secrets.ts';

export interface OpenOutside {
  readonly outside: Outside;
  /** Closes connections that are kept, and ends programs that still run. */
  readonly close: () => Promise<void>;
}

/** The real world, as adapters may touch it: node's own HTTP, programs, files below or beside `baseDir`, `env` for secrets. */
export function createOutside(
  baseDir: string,
  env: Readonly<Record<string, string | undefined>>,
): OpenOutside {
  const secrets = createSecrets(env);
  const http = createHttpClient(path => readBytes(baseDir, path));
  const running = new Set<() => void>();
  return {
    outside: {
      http: ask => http.exchange(ask),
      exec: ask => runProgram(ask, { baseDir, path: env.PATH ?? '', running }),
      readText: path => readText(baseDir, path),
      readBytes: path => readBytes(baseDir, path),
      secret: secrets.read,
      redact: secrets.redact,
    },
    close: async () => {
      http.close();
      for (const end of [...running]) end();
    },
  };
}
