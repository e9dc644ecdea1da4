import { formatDuration } from '../kernel/duration.ts';
import { printable } from '../scenario/printable.ts';
import type { HarmName } from '../scenario/scenario-schema.ts';
import { amountWords, HARM_WORDS } from '../score/harm-words.ts';
import type { TableComparison, TableOutcome } from './compare-table.ts';

/** Lines of one list; beyond that the JSON file has them. */
const MOST_LINES = 60;

/** What came of a table, in Markdown that also reads well in a terminal. */
export function tableWords(comparisons: readonly TableComparison[]): string {
  return `# At the table\n\n${comparisons.map(oneTable).join('\n')}`;
}

function oneTable(compared: TableComparison): string {
  const { scenario, profile, seed, decisions, table, simulated } = compared;
  const unlike = decisions.filter(({ chosen, simulated: other }) => chosen !== other).length;
  const left = decisions.filter(({ by }) => by === 'simulation').length;
  return [
    `## ${scenario} under ${profile}, seed ${seed}`,
    '',
    `${decisions.length} decisions: ${decisions.length - left} by participants, ${left} left to the simulation; ${unlike} unlike the simulated person's.`,
    '',
    ...list(decisions.map(decisionWords)),
    ...section(
      'Injects',
      compared.injects.map(
        ({ atMs, told, text }) => `${formatDuration(atMs)} ${told ? '' : '(left out) '}${text}`,
      ),
    ),
    ...section(
      'Notes',
      compared.notes.map(({ atMs, text }) => `${formatDuration(atMs)} ${text}`),
    ),
    '### What came of it',
    '',
    `- at the table: ${outcomeWords(table)}`,
    ...(simulated === null ? [] : [`- simulated people, same seed: ${outcomeWords(simulated)}`]),
    ...(simulated === null ? [] : list(differenceWords(compared))),
    ...section(
      'What simulated people did',
      compared.simulatedPeople.map(
        ({ atMs, role, phase, text }) => `${formatDuration(atMs)} ${role} ${phase}: ${text}`,
      ),
    ),
  ].join('\n');
}

function decisionWords({
  atMs,
  role,
  by,
  chosen,
  simulated,
  text,
}: TableComparison['decisions'][number]): string {
  const whose = by === 'simulation' ? ' (left to the simulation)' : '';
  const other = chosen === simulated ? '' : ` - the simulated person: ${simulated}`;
  return `${formatDuration(atMs)} ${role}: ${text}${whose}${other}`;
}

function outcomeWords({ verdict, stage, severity, timeToRecoverMs }: TableOutcome): string {
  return [
    verdict,
    ...(stage === null ? [] : [stage]),
    ...(severity === null ? [] : [`Sev-${severity}`]),
    ...(timeToRecoverMs === null ? [] : [`recovered after ${formatDuration(timeToRecoverMs)}`]),
  ].join(', ');
}

function differenceWords({ difference, table, simulated }: TableComparison): string[] {
  const names = Object.keys(difference).filter((name): name is HarmName => Object.hasOwn(HARM_WORDS, name));
  if (names.length === 0) return ['no difference in harm'];
  return names.map(name => {
    const of = (outcome: TableOutcome | null) => amountWords(name, outcome?.harm[name] ?? 0);
    const more = (difference[name] ?? 0) > 0 ? 'more' : 'less';
    return `${HARM_WORDS[name]}: ${of(table)} at the table, ${of(simulated)} simulated, ${amountWords(name, Math.abs(difference[name] ?? 0))} ${more}`;
  });
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...list(lines)];
}

function list(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES).map(line => `- ${printable(line, 400)}`);
  const more = lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more in table.json`] : [];
  return [...shown, ...more, ''];
}
