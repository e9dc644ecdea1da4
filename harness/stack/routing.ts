/** The one routing rule of every stack's edge: a draw in [0, 1) picks an instance by weight. Null when nothing has weight. */
export function chooseByWeight<Instance extends { readonly weight: number }>(
  instances: readonly Instance[],
  unit: number,
): Instance | null {
  let total = 0;
  for (const instance of instances) total += instance.weight;
  if (total <= 0) return null;
  let rest = unit * total;
  for (const instance of instances) {
    rest -= instance.weight;
    if (rest < 0) return instance;
  }
  return instances.findLast(instance => instance.weight > 0) ?? null;
}

/** Which published service answers a path at a region's edge. */
export function publishedService(path: string): 'storefront' | 'cost-explorer' {
  return path === '/costs' || path.startsWith('/costs/') ? 'cost-explorer' : 'storefront';
}

/** The path of an absolute URL, without the cost of parsing it whole. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  if (start === -1) return '/';
  const end = url.slice(start).search(/[?#]/);
  return end === -1 ? url.slice(start) : url.slice(start, start + end);
}

/** The path of an absolute URL with its query. */
export function pathAndQueryOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  if (start === -1) return '/';
  const fragment = url.indexOf('#', start);
  return fragment === -1 ? url.slice(start) : url.slice(start, fragment);
}

/** The host of an absolute URL, without the cost of parsing it whole. */
export function hostOf(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}
