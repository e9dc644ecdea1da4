import { safeText } from '../../report/safe-text.ts';
import type { Scorecard } from '../../score/scorecard.ts';
import type { Scoreboard } from '../scoreboard.ts';
import { changesOf } from './changes.ts';
import { HISTORY_SCHEMA, type History, type Series, type Skipped } from './history.ts';
import { gameDayPoint, type HistoryPoint, MOST_PATH, runPoint, type Told } from './point.ts';
import { streaksOf } from './streaks.ts';

/** A finished game day or run, as it was found. */
export type FoundResult =
  | (Told & { readonly kind: 'run'; readonly card: Scorecard })
  | (Told & {
      readonly kind: 'game-day';
      readonly board: Scoreboard;
      /** Scorecards of its profiles' runs, by folder; one that cannot be read is missing. */
      readonly cards: ReadonlyMap<string, Scorecard>;
    });

export interface HistoryInput {
  readonly folder: string;
  readonly found: readonly FoundResult[];
  readonly skipped: readonly Skipped[];
  readonly older: number;
}

/** Game days by name first, those of one game day by profile with its baselines last; then single runs. */
export function buildHistory({ folder, found, skipped, older }: HistoryInput): History {
  const groups = new Map<string, { gameDay: string | null; points: HistoryPoint[] }>();
  for (const { gameDay, point } of found.flatMap(pointsOf)) {
    const key = JSON.stringify([gameDay, point.profile, gameDay === null ? point.suiteHash : null]);
    const group = groups.get(key) ?? { gameDay, points: [] };
    group.points.push(point);
    groups.set(key, group);
  }
  return {
    schema: HISTORY_SCHEMA,
    folder: safeText(folder, 4_096),
    series: [...groups.values()].map(({ gameDay, points }) => seriesOf(gameDay, points)).sort(bySeries),
    skipped: skipped.map(({ directory, because }) => ({
      directory: safeText(directory, MOST_PATH),
      because: safeText(because),
    })),
    older,
  };
}

function pointsOf(found: FoundResult): { gameDay: string | null; point: HistoryPoint }[] {
  if (found.kind === 'run') return [{ gameDay: null, point: runPoint(found.card, found) }];
  const { board, cards } = found;
  return board.profiles.map(profile => ({
    gameDay: safeText(board.gameDay, 64),
    point: gameDayPoint(profile, { ...found, card: cards.get(profile.run) ?? null }),
  }));
}

function seriesOf(gameDay: string | null, unordered: readonly HistoryPoint[]): Series {
  const points = unordered.toSorted(
    (a, b) => byText(a.startedAt, b.startedAt) || byText(a.directory, b.directory),
  );
  const latest = points.at(-1);
  return {
    gameDay,
    profile: latest?.profile ?? '',
    baseline: latest?.baseline ?? false,
    points,
    ...changesOf(points),
    streaks: streaksOf(points),
  };
}

function bySeries(a: Series, b: Series): number {
  const [first, second] = [a.points.at(-1), b.points.at(-1)];
  return (
    Number(a.gameDay === null) - Number(b.gameDay === null) ||
    byText(a.gameDay ?? '', b.gameDay ?? '') ||
    Number(a.baseline) - Number(b.baseline) ||
    byText(a.profile, b.profile) ||
    byText(second?.startedAt ?? '', first?.startedAt ?? '') ||
    byText(first?.directory ?? '', second?.directory ?? '')
  );
}

/** Code-unit order, which ISO dates sort well by. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
