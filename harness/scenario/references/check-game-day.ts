import { nearestWord } from '../../kernel/nearest.ts';
import type { GameDay } from '../game-day-schema.ts';
import { modulePath } from '../guardrail-module.ts';
import type { LoadedFile } from '../load-file.ts';
import { printable } from '../printable.ts';
import type { FilePath } from '../problem.ts';
import { isPathSelector, type Selectable, selects } from '../selector.ts';
import { checkNotifications } from './check-notifications.ts';
import { checkTable } from './check-table.ts';
import { checkUnique } from './check-unique.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** Whatever a game day names is there, and every line of it can have an effect. */
export function checkGameDay(
  report: Reporter,
  gameDay: LoadedFile<'GameDay'>,
  references: Pick<References, 'scenarios' | 'profiles' | 'fileExists'>,
): void {
  const { value } = gameDay;
  const chosen = checkSelection(report, gameDay, references);
  checkProfiles(report, gameDay, references);
  checkChosen(report, value, chosen);
  if (Array.isArray(value.seeds)) checkUnique(report, ['seeds'], value.seeds, '');
  if (value.gate.friction.falsePagesAtMost !== undefined && !value.ordinary) {
    report.value(['gate', 'friction', 'falsePagesAtMost'], {
      code: 'conflict',
      task: 'count false pages',
      hint: 'they are counted in the quiet week; add ordinary: true',
    });
  }
  if (value.browser === 'require' && value.stack === 'sim') {
    report.value(['browser'], {
      code: 'conflict',
      task: 'send a browser into the stack "sim"',
      hint: 'its shop has no address that a browser could open; say stack: local or stack: containers',
    });
  }
  checkNotifications(report, value.notifications);
  if (value.table !== undefined) checkTable(report, value.table, chosen);
}

/** The scenarios that remain; one that is named by its path has no id yet, and its path stands for it. */
function checkSelection(
  report: Reporter,
  { file, value }: LoadedFile<'GameDay'>,
  references: Pick<References, 'scenarios' | 'fileExists'>,
): readonly Selectable[] {
  const known: Selectable[] = references.scenarios.map(({ id, tags }) => ({ id, tags, path: null }));
  const chosen = new Set<Selectable>();
  for (const [index, selector] of value.scenarios.entries()) {
    const path = ['scenarios', index];
    if (isPathSelector(selector)) {
      checkFile(report, path, { noun: 'scenario', file, word: selector }, references);
      chosen.add({ id: selector, tags: [], path: selector });
      continue;
    }
    const found = known.filter(candidate => selects(selector, candidate));
    if (found.length === 0) reportUnchosen(report, path, selector, known);
    for (const each of found) chosen.add(each);
  }
  const left = [...chosen].filter(each => !value.exclude.some(selector => selects(selector, each)));
  for (const [index, selector] of value.exclude.entries()) {
    if (![...chosen].some(each => selects(selector, each)))
      reportUnchosen(report, ['exclude', index], selector, [...chosen]);
  }
  if (chosen.size > 0 && left.length === 0) {
    report.value(['exclude'], {
      code: 'conflict',
      task: 'leave out every scenario that was chosen',
      hint: 'a game day in which nothing runs says nothing',
    });
  }
  return left;
}

function checkProfiles(
  report: Reporter,
  { file, value }: LoadedFile<'GameDay'>,
  references: Pick<References, 'profiles' | 'fileExists'>,
): void {
  for (const [index, { use }] of value.profiles.entries()) {
    const isMapping = typeof report.tree.at(['profiles', index]) === 'object';
    const path = ['profiles', index, ...(isMapping ? ['use'] : [])];
    if (isPathSelector(use)) checkFile(report, path, { noun: 'profile', file, word: use }, references);
    else report.name(path, { noun: 'profile', word: use, legal: references.profiles });
  }
  const names = value.profiles.map(({ use }) => use);
  checkUnique(report, ['profiles'], names, '');
  if (value.profiles.every(({ baseline }) => baseline)) {
    report.value(['profiles'], {
      code: 'conflict',
      task: 'find a profile that counts',
      hint: 'all of them are baselines; at least one must be under test',
    });
  }
}

/** Lines about scenarios must be about some that are run, else they would never be judged and nobody would notice. */
function checkChosen(report: Reporter, value: GameDay, chosen: readonly Selectable[]): void {
  // The ids of files that are named by a path are known only when these are read, as the game day is planned.
  const isOpen = chosen.some(({ path }) => path !== null);
  // What a baseline does is never judged, so a line about one would never have an effect.
  const legal = value.profiles.filter(({ baseline }) => !baseline).map(({ use }) => use);
  const check = (path: FilePath, line: { scenario: string; profile?: string | undefined }) => {
    if (!isOpen && chosen.length > 0 && !chosen.some(each => selects(line.scenario, each)))
      reportUnchosen(report, [...path, 'scenario'], line.scenario, chosen);
    if (line.profile !== undefined)
      report.name([...path, 'profile'], { noun: 'profile under test', word: line.profile, legal });
  };
  for (const [index, line] of value.expectations.entries()) check(['expectations', index], line);
  for (const [index, line] of value.gate.perScenario.entries()) check(['gate', 'perScenario', index], line);
  if (isOpen) return;
  for (const id of Object.keys(value.weights)) {
    const ids = chosen.map(each => each.id);
    report.keyName(['weights', id], { noun: 'scenario of this game day', word: id, legal: ids });
  }
}

function reportUnchosen(
  report: Reporter,
  path: FilePath,
  selector: string,
  among: readonly Selectable[],
): void {
  const isTag = selector.startsWith('tag:');
  if (!isTag && !selector.includes('*')) {
    report.name(path, { noun: 'scenario', word: selector, legal: among.map(({ id }) => id) });
    return;
  }
  const legal = isTag
    ? [...new Set(among.flatMap(({ tags }) => tags))].sort().map(tag => `tag:${tag}`)
    : among.map(({ id }) => id);
  const nearest = isTag ? nearestWord(selector, legal) : null;
  report.value(path, {
    ...{ code: 'unknown-name', task: `find a scenario for "${printable(selector, 60)}"`, legal, nearest },
  });
}

function checkFile(
  report: Reporter,
  path: FilePath,
  named: { readonly noun: string; readonly file: string; readonly word: string },
  { fileExists }: Pick<References, 'fileExists'>,
): void {
  const full = modulePath(named.file, named.word);
  if (fileExists(full)) return;
  report.value(path, {
    code: 'unknown-name',
    task: `find the ${named.noun} "${printable(named.word, 100)}"`,
    hint: `there is no file ${printable(full, 200)}; the path is taken from the game day's folder`,
  });
}
