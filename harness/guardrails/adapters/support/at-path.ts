/** The value at a dotted path of plain data; undefined where there is none. An empty path is the value itself. */
export function atPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    return (inner as Readonly<Record<string, unknown>>)[key];
  }, value);
}
