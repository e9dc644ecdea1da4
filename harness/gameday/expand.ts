import type { GameDay } from '../scenario/game-day-schema.ts';
import { type Selectable, selects } from '../scenario/selector.ts';

/** What a game day runs: every profile × scenario × seed. */
export interface Expanded {
  /** As chosen: selector by selector, and of one selector by id. Each once. */
  readonly scenarios: readonly Selectable[];
  readonly seeds: readonly string[];
  /** Lines that choose nothing that is run, as `where: word`; they would be without effect, and nobody would notice. */
  readonly withoutEffect: readonly string[];
}

/** Chooses among `candidates`: the scenarios of the catalogue, and those that the file names by a path. */
export function expandGameDay(spec: GameDay, candidates: readonly Selectable[]): Expanded {
  const byId = [...candidates].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const chosen = new Set(
    spec.scenarios.flatMap(selector => byId.filter(candidate => selects(selector, candidate))),
  );
  const scenarios = [...chosen].filter(each => !spec.exclude.some(selector => selects(selector, each)));
  return { scenarios, seeds: seedsOf(spec.seeds), withoutEffect: withoutEffect(spec, scenarios) };
}

/** `{ from: 5, count: 3 }` is 5, 6, 7. */
export function seedsOf(seeds: GameDay['seeds']): readonly string[] {
  if (!('from' in seeds)) return seeds;
  return Array.from({ length: seeds.count }, (_, index) => String(seeds.from + index));
}

function withoutEffect(spec: GameDay, scenarios: readonly Selectable[]): string[] {
  const isRun = (selector: string) => scenarios.some(each => selects(selector, each));
  const lines = [
    ...Object.keys(spec.weights).map(word => ({ where: 'weights', word })),
    ...spec.gate.perScenario.map(({ scenario }) => ({ where: 'gate.perScenario', word: scenario })),
    ...spec.expectations.map(({ scenario }) => ({ where: 'expectations', word: scenario })),
  ];
  return lines.filter(({ word }) => !isRun(word)).map(({ where, word }) => `${where}: ${word}`);
}
