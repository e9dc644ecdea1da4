import { suspectChange } from './next-idea.ts';
import type { RegionView } from './region-view.ts';

/** What a diagnosis finds, in words. */
export function findings(view: RegionView): string {
  const found: string[] = [];
  for (const { cell, state } of view.lost) found.push(`${cell} is ${state}`);
  if (view.damaged.length > 0) found.push(`data was removed from ${view.damaged.join(', ')}`);
  if (view.unhealthy.length > 0) found.push(`errors in ${view.unhealthy.join(', ')}`);
  const suspect = suspectChange(view, new Map());
  if (suspect !== null)
    found.push(`newest change: ${suspect.what}${suspect.isDocumented ? '' : ', undocumented'}`);
  return found.length === 0 ? 'nothing to see but the alarm' : found.join('; ');
}
