import type { Level } from '../../../ports/action.ts';

/** What an annotation such as `@require_approval("2 senior")` asks for. */
export interface AnnotatedDemand {
  readonly count: number;
  readonly level: Level;
}

const SHAPE = /^\s*(?:(\d{1,2})\s*)?(junior|mid|senior)?\s*$/;

/** Reads `2 senior`, `2`, `senior` or nothing at all (one person of any level); null when the text is none of these. */
export function readApprovalAnnotation(text: string): AnnotatedDemand | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const count = Number(match[1] ?? '1');
  if (count < 1 || count > 10) return null;
  return { count, level: (match[2] as Level | undefined) ?? 'junior' };
}
