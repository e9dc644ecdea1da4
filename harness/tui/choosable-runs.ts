import type { UiState } from './ui-state.ts';

export interface ChoosableRun {
  readonly directory: string;
  readonly words: string;
}

/** All runs but the one that is shown, with what tells them apart. */
export function choosableRuns({
  list,
  directory,
}: Pick<UiState, 'list' | 'directory'>): readonly ChoosableRun[] {
  return (list.entries ?? []).flatMap(entry => {
    if (entry.kind !== 'run' || entry.run.directory === directory) return [];
    const { profile, startedAt, score } = entry.run;
    const words = `${profile}, ${startedAt.slice(0, 16).replace('T', ' ')}${score === null ? '' : `, score ${score}`}`;
    return [{ directory: entry.run.directory, words }];
  });
}
