import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../../kernel/duration.ts';

const LEAST_MS = 100;
const MOST_MS = 3_600_000;

/** Reads a duration of real time from the command line, ms. */
export function durationOption(text: string): number {
  const valueMs = parseDurationMs(text);
  if (valueMs === null || valueMs < LEAST_MS || valueMs > MOST_MS) {
    throw new InvalidArgumentError('a duration from 100ms to 1h is needed, such as 5s.');
  }
  return valueMs;
}
