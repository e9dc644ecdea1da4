import type { ChangedFigure, CompareView } from '../../review/compare.ts';

/** Everything that got worse, in sentences, each thing once. */
export function worseThings(parts: readonly CompareView[], figures: readonly ChangedFigure[]): string[] {
  const found = [
    ...figures.filter(isWorse).map(figure => `the game day: ${words(figure)}`),
    ...parts.flatMap(({ after: { profile }, ...part }) => [
      ...part.discovered.map(issue => `${profile}: ${issue}`),
      ...part.figures.filter(isWorse).map(figure => `${profile}: ${words(figure)}`),
      ...part.scenarios.flatMap(({ id, figures: own, routes }) => [
        ...own.filter(isWorse).map(figure => `${profile}, ${id}: ${words(figure)}`),
        ...routes
          .filter(({ change }) => change === 'worse')
          .map(({ door, verb }) => `${profile}, ${id}: ${verb} now passes through the ${door} door`),
      ]),
    ]),
  ];
  return [...new Set(found)];
}

function isWorse({ change }: ChangedFigure): boolean {
  return change === 'worse';
}

function words({ label, before, after }: ChangedFigure): string {
  return `${label}: ${before} → ${after}`;
}
