import { safeText } from '../../report/safe-text.ts';
import type { ProfileResult, ScenarioResult, Scoreboard } from '../scoreboard.ts';
import type { NoticeEvent, Occurrence } from './notice.ts';

/** What happened in a game day, the worst first. `earlier` are finished ones of the same id, the newest first. */
export function occurrencesOf(
  board: Scoreboard,
  earlier: readonly Scoreboard[],
  { isComplete }: { readonly isComplete: boolean },
): Occurrence[] {
  const found = board.profiles
    .filter(({ baseline }) => !baseline)
    .flatMap(profile =>
      profile.scenarios.flatMap(scenario =>
        occurrenceOf(profile, scenario, { past: pastOf(board, earlier, { profile, scenario }), isComplete }),
      ),
    );
  return [...found.sort((a, b) => rankOf(a) - rankOf(b)), ...wholeDay(board, earlier, isComplete)];
}

const RANK: readonly NoticeEvent[] = ['escape', 'verdict-change', 'recovery'];

function rankOf({ events }: Occurrence): number {
  // A recovery is a change of verdict as well, and good news come last.
  if (events.includes('recovery')) return RANK.length;
  return RANK.findIndex(event => events.includes(event));
}

/** Earlier results of one scenario under one profile that were asked alike, the newest first. */
interface Past {
  readonly day: string;
  readonly profileDigest: string;
  readonly verdict: ScenarioResult['verdict'];
}

function pastOf(
  board: Scoreboard,
  earlier: readonly Scoreboard[],
  { profile, scenario }: { readonly profile: ProfileResult; readonly scenario: ScenarioResult },
): Past[] {
  return earlier
    .filter(other => isAskedAlike(board, other))
    .flatMap(other => {
      const twin = other.profiles.find(each => each.profile === profile.profile && !each.baseline);
      const result = twin?.scenarios.find(({ id }) => id === scenario.id);
      if (twin === undefined || result === undefined) return [];
      const isSame =
        result.scenarioDigest === scenario.scenarioDigest && result.worldDigest === scenario.worldDigest;
      return isSame ? [{ day: other.day, profileDigest: twin.profileDigest, verdict: result.verdict }] : [];
    });
}

function isAskedAlike(a: Scoreboard, b: Scoreboard): boolean {
  const seeds = (board: Scoreboard) => [...board.seeds].sort().join(' ');
  return a.stack === b.stack && seeds(a) === seeds(b);
}

function occurrenceOf(
  { profile, profileDigest }: ProfileResult,
  scenario: ScenarioResult,
  { past, isComplete }: { readonly past: readonly Past[]; readonly isComplete: boolean },
): Occurrence[] {
  const [last] = past;
  const conclusive = past.find(({ verdict }) => verdict !== 'inconclusive');
  const isKnown = scenario.expectation === 'met';
  const events: NoticeEvent[] = [];
  if (scenario.verdict === 'escaped' && !isKnown) events.push('escape');
  // Half a game day may still change its mind, except about an escape.
  if (isComplete && last !== undefined && last.verdict !== scenario.verdict) events.push('verdict-change');
  if (isComplete && scenario.verdict === 'contained' && conclusive?.verdict === 'escaped')
    events.push('recovery');
  if (events.length === 0) return [];
  const profileChanged = last !== undefined && last.profileDigest !== profileDigest;
  const words = [
    `${scenario.id} under ${profile}: ${scenario.verdict}`,
    scenario.stage === null ? '' : `, ${scenario.stage}`,
    beforeWords(last, conclusive, scenario),
    profileChanged ? '; the profile has changed since' : '',
    isKnown ? '; a known gap' : '',
  ];
  return [
    {
      events,
      sentence: safeText(words.join(''), 500),
      scenario: safeText(scenario.id, 64),
      profile: safeText(profile, 64),
      before: last?.verdict ?? null,
      after: scenario.verdict,
    },
  ];
}

function beforeWords(
  last: Past | undefined,
  conclusive: Past | undefined,
  { verdict }: ScenarioResult,
): string {
  if (last === undefined) return '; there is nothing before to compare it with';
  if (last.verdict === verdict) return `; as on ${last.day}`;
  const older =
    last.verdict === 'inconclusive' && conclusive !== undefined
      ? `, ${conclusive.verdict} on ${conclusive.day}`
      : '';
  return `; it was ${last.verdict} on ${last.day}${older}`;
}

/** What concerns the game day as a whole: that it holds again, and that it is through. */
function wholeDay(board: Scoreboard, earlier: readonly Scoreboard[], isComplete: boolean): Occurrence[] {
  if (!isComplete) return [];
  const last = earlier.find(other => other.suiteHash === board.suiteHash);
  const holdsAgain = last !== undefined && last.exit.name !== 'held' && board.exit.name === 'held';
  const ended = `the game day has ended: ${board.exit.name}`;
  const sentence = holdsAgain
    ? `the game day holds again; on ${last.day} it ended with ${last.exit.name}`
    : ended;
  return [
    {
      events: holdsAgain ? ['recovery', 'finished'] : ['finished'],
      sentence,
      ...{ scenario: null, profile: null },
      before: last?.exit.name ?? null,
      after: board.exit.name,
    },
  ];
}
