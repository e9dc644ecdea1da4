/** What a selector can choose: a file by its id, its tags, or the path by which a game day names it. */
export interface Selectable {
  readonly id: string;
  readonly tags: readonly string[];
  /** As the game day wrote it; null for a file of the catalogue. */
  readonly path: string | null;
}

/** A path from the game day's folder, such as `./my-scenario.yaml`; not an id, a glob or a tag. */
export function isPathSelector(selector: string): boolean {
  return !selector.startsWith('tag:') && (selector.includes('/') || /\.ya?ml$/.test(selector));
}

/** Whether a selector (`replay-*`, an id, `tag:deletion`, or a path) chooses this file. */
export function selects(selector: string, candidate: Selectable): boolean {
  if (selector.startsWith('tag:')) return matchesGlobIn(selector.slice(4), candidate.tags);
  if (isPathSelector(selector)) return candidate.path === selector;
  // A file that was named by its path stands for itself; its id works in exclusions, weights and gates.
  return matchesGlob(selector, candidate.id);
}

function matchesGlobIn(glob: string, words: readonly string[]): boolean {
  return words.some(word => matchesGlob(glob, word));
}

/** `*` stands for any run of characters. Linear in pattern × word: a file must not be able to make it slow. */
export function matchesGlob(glob: string, word: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return glob === word;
  if (!word.startsWith(first) || word.length < first.length + last.length || !word.endsWith(last))
    return false;
  let from = first.length;
  for (const part of rest) {
    const at = word.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= word.length - last.length;
}
