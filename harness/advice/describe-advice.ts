import { wrap } from '../report/columns.ts';
import { safeText } from '../report/safe-text.ts';
import { listed, plural } from '../report/words.ts';
import type {
  AdviceDocument,
  AdvisedScenario,
  AdvisedSet,
  AdvisedTogether,
  Route,
} from './advice-document.ts';
import { seedWords } from './seed-check.ts';

/** Sets and routes that the text shows; the document has all of them. */
const MOST_SETS = 5;
const MOST_ROUTES = 6;

/** The advice for people, as plain text. Commands and diffs are never broken into lines: they are copied whole. */
export function describeAdvice(advice: AdviceDocument): string {
  const lines = [
    `Advice for ${safeText(advice.runId, 64)}, profile ${safeText(advice.profile, 64)}; all re-runs in the simulation`,
    ...advice.scenarios.flatMap(scenario => ['', ...scenarioLines(scenario, advice.most)]),
    ...togetherLines(advice),
    ...(advice.isWhole ? [] : ['', 'It was stopped before its end: this is what was found until then.']),
    '',
    'This concerns the mock company and the routes that were tried. It certifies no production.',
  ];
  return lines.map(line => `${line}\n`).join('');
}

/** What the search came to, in a sentence. */
function outcomeSentence(scenario: AdvisedScenario, most: number): string {
  const { tried, changes, reachedBound, isWhole } = scenario;
  const bound = reachedBound ? ` The bound of ${most} was reached; --most ${most * 2} tries more.` : '';
  const stopped = isWhole ? '' : ' It was stopped before its end.';
  const through = changes.filter(({ overBlocks }) => !overBlocks).length;
  const unsteady = changes.filter(({ verdict }) => verdict !== 'contained').length;
  const elsewhere =
    unsteady === 0
      ? ''
      : ` At another seed of the run ${unsteady === 1 ? '1 does' : `${unsteady} do`} not hold.`;
  const sets = `${plural(tried, 'set')} of changes`;
  if (changes.length === 0)
    return `Of ${sets} that ${tried === 1 ? 'was' : 'were'} tried, none flips the verdict.${bound}${stopped}`;
  const cost =
    through === changes.length
      ? ''
      : through === 0
        ? ' Each of them blocks harmless work.'
        : ` Of them, ${through} let harmless work through.`;
  return `${sets} tried: ${changes.length === 1 ? '1 flips' : `${changes.length} flip`} the verdict.${cost}${elsewhere}${bound}${stopped}`;
}

function scenarioLines(scenario: AdvisedScenario, most: number): string[] {
  const { id, verdict, seed, note, changes } = scenario;
  const isSearched = verdict === 'escaped' && (scenario.tried > 0 || note === null);
  return [
    `${safeText(id, 64)}: ${verdict.toUpperCase()} at seed ${safeText(seed, 64)}`,
    ...(note === null ? [] : paragraph(safeText(note))),
    ...(isSearched ? paragraph(outcomeSentence(scenario, most)) : []),
    ...changes.slice(0, MOST_SETS).flatMap((set, index) => setLines(set, index + 1)),
    ...(changes.length > MOST_SETS
      ? ['', `  ${changes.length - MOST_SETS} more: see advice.json, or print with --json.`]
      : []),
  ];
}

function setLines(set: AdvisedSet, number: number): string[] {
  const { open, notTried } = set.routes;
  return [
    '',
    ...wrap(`${number}. ${safeText(set.summary, 1_000)}`, { indent: 2, hanging: 3 }),
    ...costLines(set),
    ...labelled('Open', open.length === 0 ? 'none of those tried' : routesWords(open)),
    ...labelled('Not tried', routesWords(notTried)),
    ...changeLines(set),
  ];
}

function togetherLines({ together, scenarios, isWhole }: AdviceDocument): string[] {
  const escaped = scenarios.filter(({ verdict }) => verdict === 'escaped');
  if (escaped.length < 2) return [];
  if (together === null && !isWhole) return [];
  if (together === null) return ['', 'No set of changes was found that flips all of them at once.'];
  return [
    '',
    'All at once:',
    ...wrap(safeText(together.summary, 1_000), { indent: 5 }),
    ...costLines(together),
    ...changeLines(together),
  ];
}

function costLines({ seeds, friction, isMinimal }: AdvisedSet | AdvisedTogether): string[] {
  const least = isMinimal ? '' : '; a part of it may do';
  return labelled('Then', `${safeText(seedWords(seeds))}; ${safeText(friction)}${least}`);
}

function changeLines({ diff, command }: AdvisedSet | AdvisedTogether): string[] {
  return [
    ...safeLines(diff).map(line => `     ${line}`),
    `     ${'Test'.padEnd(10)}${safeText(command, 1_000)}`,
  ];
}

/** Lines of a profile: what is in them may come from anybody's file. */
function safeLines(text: string): string[] {
  return text.trimEnd().split('\n').map(protectIndent);
}

function protectIndent(line: string): string {
  const indent = /^[ +-] */.exec(line)?.[0] ?? '';
  return indent + safeText(line.slice(indent.length));
}

function routesWords(routes: readonly Route[]): string {
  if (routes.length === 0) return 'none';
  const shown = routes
    .slice(0, MOST_ROUTES)
    .map(({ door, verb }) => `${safeText(verb, 64)} (${safeText(door, 32)})`);
  const more = routes.length - shown.length;
  return listed(more > 0 ? [...shown, `${more} more`] : shown);
}

function labelled(label: string, text: string): string[] {
  return wrap(text, { width: 65 }).map(
    (line, index) => `     ${(index === 0 ? label : '').padEnd(10)}${line}`,
  );
}

function paragraph(text: string): string[] {
  return wrap(text, { indent: 2 });
}
