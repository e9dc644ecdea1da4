import type { Constraints } from '../../ports/action.ts';

/**
 * Both constraints at once, each part by its stricter side: only cells that both allow, the k-th wave the smaller of
 * the two k-th shares (a plan that has ended counts as 1), the longer bake time. Ascending plans give an ascending plan.
 */
export function combineConstraints(a: Constraints, b: Constraints): Constraints {
  const cells = either(a.cells, b.cells, (left, right) => left.filter(cell => right.includes(cell)));
  const waves = either(a.waves, b.waves, smallerShares);
  const bakeMs = either(a.bakeMs, b.bakeMs, Math.max);
  return {
    ...(cells === undefined ? {} : { cells }),
    ...(waves === undefined ? {} : { waves }),
    ...(bakeMs === undefined ? {} : { bakeMs }),
  };
}

function smallerShares(a: readonly number[], b: readonly number[]): readonly number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, wave) =>
    Math.min(a[wave] ?? 1, b[wave] ?? 1),
  );
}

function either<T>(a: T | undefined, b: T | undefined, both: (a: T, b: T) => T): T | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  return both(a, b);
}
