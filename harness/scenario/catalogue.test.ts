import { expect, test } from 'vitest';
import { HarnessError } from '../kernel/errors.ts';
import { openCatalogue } from './catalogue.ts';
import type { FileReader } from './file-reader.ts';
import { readFile } from './read-file.ts';
import { fixtureReader } from './testing/small-references.ts';

const valid = (name: string) =>
  new TextDecoder().decode(readFile(fixtureReader(), `fixtures/valid/${name}.yaml`));

function readerOf(files: Readonly<Record<string, string>>): FileReader {
  const paths = Object.keys(files);
  return {
    read: path => new TextEncoder().encode(files[path]),
    stat: path => (files[path] === undefined ? null : { isFile: true, sizeBytes: files[path].length }),
    list: folder => {
      const inside = paths
        .filter(path => path.startsWith(`${folder}/`))
        .map(path => path.slice(folder.length + 1));
      const names = [...new Set(inside.map(path => path.split('/')[0] as string))];
      return names.map(name => ({ name, isFolder: !inside.includes(name) }));
    },
  };
}

const FILES = {
  'scenarios/incidents/lost-prices.yaml': valid('scenario'),
  'scenarios/patterns/other.yml': valid('scenario').replace('id: lost-prices', 'id: an-other'),
  'scenarios/profiles/two.yaml': valid('profile'),
  'scenarios/world.yaml': valid('world'),
  'scenarios/README.md': 'no scenario',
  'scenarios/.hidden.yaml': 'not: read',
};

test('a catalogue lists the files of its folders by kind and id', () => {
  const catalogue = openCatalogue(readerOf(FILES), ['scenarios']);
  expect(catalogue.problems).toEqual([]);
  expect(catalogue.list('Scenario')).toEqual([
    {
      kind: 'Scenario',
      file: 'scenarios/patterns/other.yml',
      id: 'an-other',
      title: 'A clean-up removes the prices',
      tags: ['deletion', 'inherited-credentials'],
    },
    {
      kind: 'Scenario',
      file: 'scenarios/incidents/lost-prices.yaml',
      id: 'lost-prices',
      title: 'A clean-up removes the prices',
      tags: ['deletion', 'inherited-credentials'],
    },
  ]);
  expect(catalogue.list().map(entry => entry.kind)).toEqual(['Profile', 'Scenario', 'Scenario', 'World']);
  expect(catalogue.all('World').map(world => world.value.horizon)).toEqual([36_000_000]);
});

test('a file is found by id, and by path outside the folders as well', () => {
  const reader = readerOf({
    ...FILES,
    'mine/new.yaml': valid('scenario').replace('id: lost-prices', 'id: mine'),
  });
  const catalogue = openCatalogue(reader, ['scenarios/']);
  expect(catalogue.find('Scenario', 'an-other').file).toBe('scenarios/patterns/other.yml');
  expect(catalogue.find('Scenario', 'mine/new.yaml').value.metadata.id).toBe('mine');
  expect(() => catalogue.find('World', 'mine/new.yaml')).toThrow(
    'could not use a Scenario where a World is wanted',
  );
  expect(() => catalogue.find('Scenario', './gone.yaml')).toThrow('./gone.yaml:1:1  could not read the file');
});

test('an unknown id is told with the known ones and the nearest', () => {
  const catalogue = openCatalogue(readerOf(FILES), ['scenarios']);
  const miss = () => catalogue.find('Scenario', 'lost-price');
  expect(miss).toThrow(HarnessError);
  expect(miss).toThrow(
    'could not find the Scenario "lost-price": known: an-other, lost-prices; did you mean "lost-prices"?',
  );
  expect(() => catalogue.find('OrdinaryChange', 'retail')).toThrow('there is no OrdinaryChange at all');
  expect(() => catalogue.find('Scenario', 'two-layers')).toThrow('"two-layers" is a Profile');
});

test('a broken file hides no other, and ids are unique among files of a kind', () => {
  const files = {
    ...FILES,
    'scenarios/incidents/broken.yaml': 'kind: Scenario',
    'scenarios/patterns/twin.yaml': valid('scenario'),
  };
  const catalogue = openCatalogue(readerOf(files), ['scenarios']);
  expect(catalogue.list('Scenario')).toHaveLength(2);
  expect(catalogue.problems.map(({ file, message }) => [file, message])).toEqual([
    ['scenarios/incidents/broken.yaml', 'could not find the required key "apiVersion": legal: brakecheck/v1'],
    [
      'scenarios/patterns/twin.yaml',
      'could not call a second Scenario "lost-prices": found that id in scenarios/incidents/lost-prices.yaml already; ids are unique among files of a kind',
    ],
  ]);
});

test('files on disk are read relative to a folder', () => {
  const catalogue = openCatalogue(fixtureReader(), ['fixtures/valid', 'fixtures/no-such-folder']);
  expect(catalogue.list().map(entry => entry.id)).toEqual([
    'every-tuesday',
    'cloud-words',
    'add-archive',
    'two-layers',
    'lost-prices',
    'small',
  ]);
});
