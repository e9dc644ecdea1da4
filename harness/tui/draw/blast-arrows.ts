import { cutTo } from '../../report/columns.ts';
import { journeyWords } from '../../report/words.ts';
import { type BlastRadiusView, HURT } from '../../review/blast-radius.ts';
import type { Brush } from './brush.ts';

/**
 * What reaches what, as arrows: journeys of shoppers, the services that they were seen to need, and where the harm is.
 * Those that need the chosen service come first; a service that is hit is marked.
 */
export function arrowLines(
  views: readonly BlastRadiusView[],
  { columns, service }: { readonly columns: number; readonly service: string | null },
  brush: Brush,
): string[] {
  const hit = new Set(
    views.flatMap(({ rows }) =>
      rows.filter(({ cells }) => cells.some(({ degree }) => HURT.has(degree))).map(row => row.service),
    ),
  );
  const reached = new Map<string, Set<string>>();
  for (const { from, to } of views.flatMap(({ links }) => links))
    reached.set(from, (reached.get(from) ?? new Set()).add(to));
  const lines = [...reached].map(([from, to]) => ({
    from,
    to: [...to],
    isChosen: service !== null && to.has(service),
  }));
  return lines
    .toSorted((a, b) => Number(b.isChosen) - Number(a.isChosen) || weight(b.to, hit) - weight(a.to, hit))
    .map(({ from, to, isChosen }) => {
      const names = to.map(name => `${hit.has(name) ? '✗ ' : ''}${name === service ? `[${name}]` : name}`);
      const line = cutTo(` ${isChosen ? '▸' : ' '} ${journeyWords(from)} ──▶ ${names.join(', ')}`, columns);
      return isChosen && service !== null && hit.has(service) ? brush('warn', line) : line;
    });
}

function weight(services: readonly string[], hit: ReadonlySet<string>): number {
  return services.filter(name => hit.has(name)).length;
}
