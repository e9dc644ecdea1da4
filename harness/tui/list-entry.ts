import type { RunEntry } from '../review/run-list.ts';

/** A row of the list of runs: a game day with its runs below it, or a run. */
export type ListEntry =
  | {
      readonly kind: 'run';
      readonly run: RunEntry /** It belongs to the game day above it. */;
      readonly isPart: boolean;
    }
  | { readonly kind: 'game-day'; readonly gameDay: GameDayEntry };

/** One game day, from its manifest and scoreboard; every text is safe to show. */
export interface GameDayEntry {
  readonly directory: string;
  readonly name: string;
  readonly startedAt: string;
  readonly state: 'finished' | 'unfinished';
  readonly contained: number;
  readonly escaped: number;
  readonly inconclusive: number;
  readonly score: number | null;
  readonly trend: RunEntry['trend'];
}

/** What both kinds have. */
export function headOf(entry: ListEntry): Omit<GameDayEntry, 'name'> & { readonly name: string } {
  if (entry.kind === 'game-day') return entry.gameDay;
  const { directory, startedAt, state, contained, escaped, inconclusive, score, trend, profile } = entry.run;
  return { directory, startedAt, state, contained, escaped, inconclusive, score, trend, name: profile };
}
