import { InvalidArgumentError } from 'commander';
import { LEAST_WIDTH, MOST_WIDTH } from '../../review/print/page.ts';

/** The argument of `--width`. */
export function pageWidth(text: string): number {
  const width = Number(text);
  if (Number.isInteger(width) && width >= LEAST_WIDTH && width <= MOST_WIDTH) return width;
  throw new InvalidArgumentError(`It must be a whole number from ${LEAST_WIDTH} to ${MOST_WIDTH}.`);
}
