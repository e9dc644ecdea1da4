import type { ProfileResult, ScenarioResult, Scoreboard } from '../gameday/scoreboard.ts';
import { cutTo, padTo, wrap } from '../report/columns.ts';
import type { Paint } from '../report/paint.ts';
import { safeText } from '../report/safe-text.ts';
import { plural } from '../report/words.ts';
import {
  armsSentence,
  expectationSentence,
  gateSentence,
  headlineOf,
  ratioOf,
  scoreOfProfile,
  scoreSentenceOf,
  seedsOfScenario,
  verdictOf,
} from './gameday-words.ts';

const WIDTH = 80;
const MOST_REASONS = 8;
const TONES = { contained: 'good', escaped: 'bad', inconclusive: 'warn' } as const;

/** What `gameday` prints at its end: at most 80 columns, complete without colour. */
export function renderGameDayTerminal(board: Scoreboard, paint: Paint, directory: string): string {
  const seeds = board.seeds.length === 1 ? `seed ${board.seeds[0]}` : plural(board.seeds.length, 'seed');
  const lines = [
    ...wrap(`Game day ${safeText(board.gameDay, 64)}: ${safeText(board.title, 200)}`),
    `${plural(board.profiles.length, 'profile')}, ${seeds}, stack ${board.stack}; ${armsSentence(board)}`,
    ...board.profiles.flatMap(profile => ['', ...profileBlock(profile, paint)]),
    '',
    '-'.repeat(WIDTH),
    ...wrap(headlineOf(board)).map(line => paint('strong', line)),
    ...section('Known gaps', board.expectations.map(expectationSentence)),
    ...section('Gate', board.gate.map(gateSentence)),
    ...wrap(scoreSentenceOf(board)),
    ...exitLines(board).map(line => paint(board.exit.code === 0 ? 'good' : 'bad', line)),
    ...wrap(board.note).map(line => paint('dim', line)),
    `Results: ${safeText(directory, 4_096)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function profileBlock(profile: ProfileResult, paint: Paint): string[] {
  const baseline = profile.baseline ? ' (baseline, not counted)' : '';
  return [
    ...wrap(`${safeText(profile.profile, 64)}${baseline}: ${scoreOfProfile(profile)}`).map(line =>
      paint('strong', line),
    ),
    ...profile.scenarios.map(scenario => scenarioLine(scenario, paint)),
    ...profile.neverRun.map(id => `  ${padTo(cutTo(safeText(id, 64), 24), 24)} never run`),
  ];
}

function scenarioLine(scenario: ScenarioResult, paint: Paint): string {
  const notes = [
    scenario.overBlocked ? `twin ${scenario.benign}` : '',
    scenario.expectation === 'met' ? 'known' : (scenario.expectation ?? ''),
    seedsOfScenario(scenario),
  ];
  const line = [
    padTo(cutTo(safeText(scenario.id, 64), 24), 24),
    padTo(cutTo(verdictOf(scenario), 28), 28),
    padTo(ratioOf(scenario), 5),
    notes.filter(note => note !== '').join(', '),
  ].join(' ');
  return paint(TONES[scenario.verdict], cutTo(`  ${line}`.trimEnd(), WIDTH));
}

function section(name: string, sentences: readonly string[]): string[] {
  return sentences.flatMap(sentence => wrap(`${name}: ${safeText(sentence, 1_000)}`, { hanging: 2 }));
}

function exitLines({ exit }: Scoreboard): string[] {
  const told = exit.reasons.slice(0, MOST_REASONS).map(({ because }) => safeText(because));
  const more = exit.reasons.length - told.length;
  const why = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return wrap(`Exit ${exit.code} (${exit.name})${why === '' ? '' : `: ${why}`}.`, { hanging: 2 });
}
