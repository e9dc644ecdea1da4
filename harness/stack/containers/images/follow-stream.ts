import type { Docker } from '../engine/connect-engine.ts';

/** One line of the engine's progress. */
interface ProgressLine {
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
}

/**
 * Reads the engine's progress lines to their end and hands on their text. A line that tells of an error becomes one: the
 * engine answers 200 to a build that fails, and the client does not look at the lines.
 */
export function followStream(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onText: (text: string) => void = () => {},
): Promise<void> {
  let trouble: string | null = null;
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      error => {
        if (error !== null) reject(error);
        else if (trouble !== null) reject(new Error(trouble));
        else resolve();
      },
      (line: ProgressLine) => {
        if (line.error !== undefined) trouble = line.error;
        onText(line.stream ?? line.status ?? '');
      },
    );
  });
}
