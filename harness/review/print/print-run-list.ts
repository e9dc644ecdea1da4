import { plural } from '../../report/words.ts';
import type { RunEntry } from '../run-list.ts';
import { type PageOptions, page, paragraph, table, title } from './page.ts';

const TRENDS = {
  better: '▲ better than',
  worse: '▼ worse than',
  same: '= the same as',
} as const;

/** All runs, the newest first, with what to type to see one. */
export function printRunList(runs: readonly RunEntry[], folder: string, options: PageOptions): string {
  if (runs.length === 0)
    return page([
      ...paragraph(`There is no run under ${folder} yet. Make one with: brakecheck run <scenario>`, options),
    ]);
  const widths = [Math.max(24, Math.floor(options.width * 0.32)), 17, 6, 20];
  const rows = runs.map(run => [
    run.directory,
    run.startedAt === '' ? 'not known' : run.startedAt.slice(0, 16).replace('T', ' '),
    run.score === null ? '-' : String(run.score),
    verdicts(run),
    run.profile,
  ]);
  const trends = runs.filter(({ trend }) => trend !== null);
  return page([
    ...title(`${plural(runs.length, 'run')} under ${folder}, the newest first`, options),
    ...table([['Run', 'Started (UTC)', 'Score', 'Verdicts', 'Profile'], ...rows], widths, options, 0),
    ...(trends.length === 0
      ? []
      : [
          '',
          ...trends.map(run => `${run.directory}: ${trendOf(run)} the run before it that asked the same`),
        ]),
    '',
    `Open one with: brakecheck review ${runs[0]?.directory ?? '<dir>'} --print overview`,
  ]);
}

function verdicts({ state, contained, escaped, inconclusive }: RunEntry): string {
  if (state === 'unfinished') return '… unfinished';
  const parts = [
    ...(escaped > 0 ? [`✗ ${escaped} escaped`] : []),
    ...(inconclusive > 0 ? [`? ${inconclusive} open`] : []),
    ...(contained > 0 ? [`✓ ${contained} held`] : []),
  ];
  return parts.join(' ') || 'nothing ran';
}

function trendOf({ trend }: RunEntry): string {
  return trend === null ? '' : TRENDS[trend];
}
