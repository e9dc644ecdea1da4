import type { Scorecard } from '../score/scorecard.ts';
import type { Output } from './output.ts';

/** One line per scenario: what each of two profiles made of it. Nothing for a single profile. */
export function compareProfiles(cards: readonly Scorecard[], output: Output): void {
  const [first, second] = cards;
  if (first === undefined || second === undefined) return;
  const width = Math.max(...first.scenarios.map(({ id }) => id.length), 10);
  const row = (...cells: string[]) =>
    cells
      .map((cell, index) => cell.padEnd(index === 0 ? width : 24))
      .join('  ')
      .trimEnd();
  const lines = [
    '',
    row('', first.profile, second.profile),
    ...first.scenarios.map(scenario => {
      const other = second.scenarios.find(({ id }) => id === scenario.id);
      return row(scenario.id, told(scenario), other === undefined ? 'not run' : told(other));
    }),
    row('let through', share(first), share(second)),
    row('score', String(first.score.value ?? 'none'), String(second.score.value ?? 'none')),
  ];
  output.people(`${lines.join('\n')}\n`);
}

function told({ verdict, stage }: Scorecard['scenarios'][number]): string {
  return stage === null ? verdict : `${verdict}, ${stage}`;
}

function share({ friction }: Scorecard): string {
  return `${friction.letThrough} of ${friction.changes}`;
}
