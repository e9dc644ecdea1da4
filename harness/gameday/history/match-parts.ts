import { safeText } from '../../report/safe-text.ts';

interface Part {
  readonly profile: string;
}

/** Parts that belong together, and what has no counterpart. */
export interface MatchedParts<P> {
  readonly pairs: readonly (readonly [before: P, after: P])[];
  readonly leftOut: readonly string[];
}

/**
 * By profile. Where both sides have one profile each, the two are compared whatever they are called: to see what another
 * profile does is what a comparison is for.
 */
export function matchParts<P extends Part>(before: readonly P[], after: readonly P[]): MatchedParts<P> {
  const [old, now] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && old !== undefined && now !== undefined)
    return { pairs: [[old, now]], leftOut: [] };
  const pairs = after.flatMap(part => {
    const twin = before.find(({ profile }) => profile === part.profile);
    return twin === undefined ? [] : [[twin, part] as const];
  });
  const only = (parts: readonly P[], others: readonly P[], which: string) =>
    parts
      .filter(part => !others.some(({ profile }) => profile === part.profile))
      .map(({ profile }) => `profile ${safeText(profile, 64)}: it is in the ${which} one only`);
  return { pairs, leftOut: [...only(after, before, 'later'), ...only(before, after, 'earlier')] };
}
