/** True when the pattern covers the verb: `rollout.start`, `rollout.*` or `*`. */
export function coversVerb(pattern: string, verb: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? verb.startsWith(pattern.slice(0, -1)) : pattern === verb;
}
