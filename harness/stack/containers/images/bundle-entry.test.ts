import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../../../testing/command-line.ts';
import { fileIn, temporaryFolder } from '../../../testing/temporary-folder.ts';
import { bundleEntry } from './bundle-entry.ts';

const folder = temporaryFolder();
const cacheDir = join(folder, 'cache');

test('a bundle runs by itself, with all that the entry imports', async () => {
  fileIn(folder, 'word.ts', 'export const word: string = "hello";');
  const entry = fileIn(folder, 'main.ts', "import { word } from './word.ts'; console.log(word);");
  const { file, digest } = await bundleEntry({ entry, cacheDir, root: folder });
  rmSync(join(folder, 'word.ts'));
  expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe('hello\n');
  expect(file).toContain(digest.slice('sha256:'.length));
  expect(statSync(file).mode & 0o444).toBe(0o444);
});

test('it is made again when a file that went into it changes or the cache is damaged, and not otherwise', async () => {
  fileIn(folder, 'number.ts', 'export const number = 1;');
  const entry = fileIn(folder, 'count.ts', "import { number } from './number.ts'; console.log(number);");
  const first = await bundleEntry({ entry, cacheDir, root: folder });
  const times = () => readdirSync(cacheDir).map(name => statSync(join(cacheDir, name)).mtimeMs);
  const before = times();
  expect(await bundleEntry({ entry, cacheDir, root: folder })).toEqual(first);
  expect(times()).toEqual(before);

  fileIn(folder, 'number.ts', 'export const number = 2;');
  const second = await bundleEntry({ entry, cacheDir, root: folder });
  expect(second.digest).not.toBe(first.digest);
  expect(execFileSync(process.execPath, [second.file], { encoding: 'utf8' })).toBe('2\n');

  writeFileSync(second.file, 'console.log("damaged")');
  const third = await bundleEntry({ entry, cacheDir, root: folder });
  expect(third).toEqual(second);
  expect(execFileSync(process.execPath, [third.file], { encoding: 'utf8' })).toBe('2\n');
});

test('one composition root makes a bundle of each build, wherever the project lies', async () => {
  const entry = fileIn(
    folder,
    'root.ts',
    "import { service } from 'brakecheck-build'; console.log(service.name);",
  );
  const bundleOf = (service: string) =>
    bundleEntry({
      entry,
      alias: { 'brakecheck-build': join(PROJECT, 'fixtures/retail', service, 'service.ts') },
      cacheDir,
      root: PROJECT,
    });
  for (const service of ['pricing', 'delivery']) {
    const { file } = await bundleOf(service);
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe(`${service}\n`);
  }
});

test('code that cannot be bundled is an error of the file, with its place', async () => {
  const entry = fileIn(folder, 'wrong.ts', "import { word } from './nowhere.ts'; console.log(word);");
  await expect(bundleEntry({ entry, cacheDir, root: folder })).rejects.toMatchObject({
    kind: 'file',
    message: expect.stringMatching(/could not bundle .*wrong\.ts.*nowhere\.ts/s),
  });
});
