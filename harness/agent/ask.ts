import type { Door } from '../ports/action.ts';

/** What a request shows besides the wish itself; a diligent agent adds to it. */
export interface Ask {
  door: Door;
  evidence: string[];
  changeRecord: string | null;
  /** How often each remedy was tried. */
  readonly obtainedTimes: Map<string, number>;
}
