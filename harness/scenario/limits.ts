/** Bounds on what a file may be. Hitting one is a problem like any other, told with the bound. */
export const LIMITS = {
  /** Largest file that is read at all. */
  fileBytes: 1_048_576,
  /** Deepest nesting of mappings and lists. Far above what a scenario needs, far below what hurts a stack. */
  depth: 40,
  /** Values in one file, with those that aliases repeat. */
  nodes: 50_000,
  aliases: 100,
  /** Problems told of one file; the rest is counted. */
  problems: 200,
} as const;
