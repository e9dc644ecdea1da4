import { heading, item, type PageOptions, page, paragraph, table, title } from '../../review/print/page.ts';
import { CHANGE_SIGNS, printCompare } from '../../review/print/print-compare.ts';
import type { Diff, DiffedSide, ProfileDiff } from './diff.ts';

const MOST_WORSE = 6;

/** What `diff` prints for people. */
export function printDiff(diff: Diff, options: PageOptions): string {
  const { before, after, figures, profiles, worse } = diff;
  const changed = figures.filter(({ change }) => change !== 'same');
  const isDay = before.kind === 'game-day' || after.kind === 'game-day';
  return page([
    ...(isDay
      ? [
          ...title(`${before.runId} → ${after.runId}: game days compared`, options),
          ...paragraph(`Before: ${sideWords(before)}. After: ${sideWords(after)}.`, options),
        ]
      : []),
    ...diff.leftOut.flatMap(text => item('!', `left out: ${text}`, options, 0)),
    ...changed.flatMap(({ label, before: old, after: now, change }) =>
      table([[label, old, now, CHANGE_SIGNS[change]]], [32, 14, 14], options),
    ),
    ...profiles.flatMap((profile, index) => [
      ...(index > 0 || isDay ? [''] : []),
      ...profileLines(profile, isDay || profiles.length > 1, options),
    ]),
    '',
    '─'.repeat(options.width),
    ...verdictLines(diff, options),
    ...worse.slice(0, MOST_WORSE).flatMap(text => item('▼', text, options)),
    ...(worse.length > MOST_WORSE ? [`  … and ${worse.length - MOST_WORSE} more, each marked ▼ above`] : []),
  ]);
}

function profileLines(profile: ProfileDiff, isNamed: boolean, options: PageOptions): string[] {
  const about = profile.baseline ? ' (baseline, not counted)' : '';
  const changed =
    profile.profileChanged === true && profile.before.profile === profile.after.profile
      ? paragraph('The profile itself was changed between the two.', options)
      : [];
  return [
    ...(isNamed ? [heading(`Profile ${profile.after.profile}${about}`, options)] : []),
    ...changed,
    ...printCompare(profile, options).trimEnd().split('\n'),
  ];
}

function verdictLines({ isComparable, worse, discovered, fixed }: Diff, options: PageOptions): string[] {
  if (!isComparable) return paragraph('Nothing of the two can be compared.', options);
  const verdict =
    worse.length === 0
      ? options.paint('good', 'Nothing got worse.')
      : options.paint('bad', `${worse.length} ${worse.length === 1 ? 'thing' : 'things'} got worse.`);
  return [`${verdict} Issues discovered: ${discovered.length}; fixed: ${fixed.length}.`];
}

function sideWords({ kind, directory }: DiffedSide): string {
  return `${kind === 'run' ? 'run' : 'game day'} ${directory}`;
}
