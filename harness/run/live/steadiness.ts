import { latencies, quantile, type Walked } from './walked.ts';

/** One round of a sample: who walked, and the connections that were open after it, by database server. */
export interface Round {
  readonly walked: readonly Walked[];
  readonly connections: Readonly<Record<string, number>>;
}

/** Fewer journeys of a kind than this in a round say nothing about their rate. */
const LEAST_TO_COMPARE = 4;
/** Rounds may differ by this much in success, or by chance, whichever is more. */
const SUCCESS_SLACK = 0.1;
/** Chance: two standard errors of the difference of two shares. */
const ERRORS_OF_CHANCE = 2;
const LATENCY_FACTOR = 2;
const LATENCY_SLACK_MS = 200;

/**
 * True when the last two rounds tell the same story: every journey of every region succeeds as often, takes about as long,
 * and no database server holds more connections than it did a round ago.
 */
export function isSteady(rounds: readonly Round[]): boolean {
  const [before, last] = rounds.slice(-2);
  if (before === undefined || last === undefined) return false;
  return !hasGrown(before, last) && pairs(before, last).every(([old, now]) => agree(old, now));
}

function hasGrown(before: Round, last: Round): boolean {
  return Object.entries(last.connections).some(
    ([server, count]) => count > (before.connections[server] ?? 0),
  );
}

/** The same journeys of both rounds, per journey and region and per region. */
function pairs(before: Round, last: Round): [readonly Walked[], readonly Walked[]][] {
  const keys: ((walked: Walked) => string)[] = [
    ({ experience }) => `${experience.journey} ${experience.region}`,
    ({ experience }) => experience.region,
  ];
  return keys.flatMap(keyOf => {
    const old = Map.groupBy(before.walked, keyOf);
    const now = Map.groupBy(last.walked, keyOf);
    return [...now].map(([key, group]): [readonly Walked[], readonly Walked[]] => [
      old.get(key) ?? [],
      group,
    ]);
  });
}

function agree(old: readonly Walked[], now: readonly Walked[]): boolean {
  if (old.length < LEAST_TO_COMPARE || now.length < LEAST_TO_COMPARE) return true;
  const good = { old: latencies(old), now: latencies(now) };
  const share = { old: good.old.length / old.length, now: good.now.length / now.length };
  const pooled = (good.old.length + good.now.length) / (old.length + now.length);
  const chance = ERRORS_OF_CHANCE * Math.sqrt(pooled * (1 - pooled) * (1 / old.length + 1 / now.length));
  if (Math.abs(share.old - share.now) > Math.max(SUCCESS_SLACK, chance)) return false;
  const [first, second] = [quantile(good.old, 0.5), quantile(good.now, 0.5)];
  if (first === null || second === null) return true;
  const [low, high] = [Math.min(first, second), Math.max(first, second)];
  return high <= low * LATENCY_FACTOR + LATENCY_SLACK_MS;
}
