/** True when the pattern names the verb: `environment.delete`, a whole family `environment.*`, or `*`. */
export function matchesVerb(pattern: string, verb: string): boolean {
  if (pattern === '*' || pattern === verb) return true;
  return pattern.endsWith('.*') && verb.startsWith(pattern.slice(0, -1));
}
