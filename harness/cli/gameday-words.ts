import type { ExpectationResult } from '../gameday/expectations.ts';
import type { GateResult } from '../gameday/gate.ts';
import type { ProfileResult, ScenarioResult, Scoreboard } from '../gameday/scoreboard.ts';
import { formatDuration } from '../kernel/duration.ts';
import { formatCount, formatShare, namedCounts, plural } from '../report/words.ts';

/** `Contained 2 of 3; 1 escaped, as is known.` Baselines are not counted. */
export function headlineOf({ verdicts }: Scoreboard): string {
  const { contained, escaped, expected, inconclusive, neverRun } = verdicts;
  const of = contained + escaped + inconclusive + neverRun;
  const parts = [`Contained ${contained} of ${of}`];
  if (escaped > 0) parts.push(`${escaped} escaped${expected > 0 ? ` (${expected} known)` : ''}`);
  if (inconclusive > 0) parts.push(`${inconclusive} inconclusive`);
  if (neverRun > 0) parts.push(`${neverRun} never run`);
  return `${parts.join(', ')}.`;
}

export function scoreOfProfile({ score, friction }: ProfileResult): string {
  const value = score.value === null ? 'no score' : `score ${score.value}`;
  return `${value}, let through ${friction.letThrough} of ${friction.changes}`;
}

/** `contained, prevented`. */
export function verdictOf({ verdict, stage }: ScenarioResult): string {
  return `${verdict}${stage === null ? '' : `, ${stage}`}`;
}

/** `3 of 3 seeds`, or, where they differ, `1 escaped, 2 contained`: the worst is the verdict. Empty for one seed. */
export function seedsOfScenario({ seeds, verdict }: Pick<ScenarioResult, 'seeds' | 'verdict'>): string {
  const { contained, escaped, inconclusive } = seeds;
  const all = contained + escaped + inconclusive;
  if (all < 2) return '';
  if (seeds[verdict] === all) return `${all} of ${all} seeds`;
  return namedCounts({ escaped, inconclusive, contained });
}

export function ratioOf({ containmentRatio }: ScenarioResult): string {
  return containmentRatio === null ? '' : formatShare(containmentRatio);
}

export function gateSentence({ profile, scenario, line, wanted, found, state }: GateResult): string {
  const about = scenario === null ? profile : `${scenario} under ${profile}`;
  const had = found === null ? 'not measured' : amount(line, found);
  const words = state === 'not-measured' ? 'not judged' : state;
  return `${line} ${amount(line, wanted)} for ${about}: ${had}, ${words}`;
}

export function expectationSentence(line: ExpectationResult): string {
  const { scenario, profile, state, reason, until } = line;
  const words = {
    met: `escaped as is known, accepted until ${until}`,
    fixed: 'no longer escapes: remove its expectation',
    expired: `accepted until ${until} and no longer`,
    'not-judged': 'could not be judged',
  }[state];
  return `${scenario} under ${profile}: ${words} (${reason})`;
}

export function armsSentence({ arms, halted }: Scoreboard): string {
  const failed = arms.failed === 0 ? '' : `, ${plural(arms.failed, 'arm')} ended with an error`;
  const why = halted === null ? '' : `; halted: ${halted.because}`;
  return `${arms.ended} of ${plural(arms.planned, 'arm')} ended${failed}${why}`;
}

export function scoreSentenceOf({ score, profiles }: Scoreboard): string {
  if (score.value === null) return 'Score: none, since nothing conclusive can be averaged.';
  const many = profiles.filter(({ baseline }) => !baseline).length > 1;
  return `Score: ${score.value} of 100${many ? `, the lowest, of ${score.profile}` : ''}.`;
}

/** A figure of the gate in the unit of its line. */
function amount(line: string, value: GateResult['wanted'] | string): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : value.join(' or ');
  if (line === 'friction.waitedP95AtMost') return formatDuration(value);
  const isShare = /^(containment|friction\.letThrough|budgetShare)At/.test(line);
  return isShare ? formatShare(value) : formatCount(value);
}
