/** The views that can be printed, in the order of the help. */
export const PRINTED_VIEWS = [
  'overview',
  'timeline',
  'blast-radius',
  'layers',
  'what-to-change',
  'compare',
] as const;
export type PrintedView = (typeof PRINTED_VIEWS)[number];
