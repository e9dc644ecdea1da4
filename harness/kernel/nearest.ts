/** The legal word nearest to `word` by edit distance, when near enough to be a likely slip; else null. */
export function nearestWord(word: string, legal: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(Math.min(word.length, 64) / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of legal) {
    const distance = editDistance(word.slice(0, 64).toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters left out, added, replaced or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforePrevious: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (beforePrevious[j - 2] as number) + 1 : Number.POSITIVE_INFINITY;
      const edit = Math.min((previous[j] as number) + 1, (current[j - 1] as number) + 1);
      current[j] = Math.min(substitution, edit, swap);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] as number;
}
