import type { ProfileResult, Scoreboard } from '../gameday/scoreboard.ts';
import { cell, code, said } from '../report/markdown-text.ts';
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

/** `gameday.md`: the scoreboard; each profile's run has a report of its own. */
export function renderGameDayMarkdown(board: Scoreboard): string {
  const lines = [
    `# Game day ${code(board.gameDay)}`,
    '',
    said(board.title),
    '',
    `**${headlineOf(board)}** ${scoreSentenceOf(board)} Exit ${board.exit.code} (${board.exit.name}).`,
    '',
    `Stack ${board.stack}, suite ${code(board.suiteHash.slice(0, 19))}; ${said(armsSentence(board))}.`,
    ...list(
      'Why',
      board.exit.reasons.map(({ because }) => because),
    ),
    ...list('Known gaps', board.expectations.map(expectationSentence)),
    ...list('Gate', board.gate.map(gateSentence)),
    ...board.profiles.flatMap(profileTable),
    '',
    board.note,
  ];
  return `${lines.join('\n')}\n`;
}

function list(heading: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return ['', `## ${heading}`, '', ...sentences.map(sentence => `- ${said(sentence)}`)];
}

function profileTable(profile: ProfileResult): string[] {
  return [
    '',
    `## Profile ${code(profile.profile)}${profile.baseline ? ' (baseline, not counted)' : ''}`,
    '',
    `${said(scoreOfProfile(profile))}. Report: [${profile.run}/report.md](${profile.run}/report.md)`,
    '',
    '| scenario | verdict | containment | seeds | same task done properly | known gap |',
    '|---|---|---|---|---|---|',
    ...profile.scenarios.map(
      scenario =>
        `| ${cell(scenario.id)} | ${cell(verdictOf(scenario))} | ${ratioOf(scenario)} | ${cell(seedsOfScenario(scenario))} | ${scenario.benign} | ${scenario.expectation ?? ''} |`,
    ),
    ...profile.neverRun.map(id => `| ${cell(id)} | never run | | | | |`),
  ];
}
