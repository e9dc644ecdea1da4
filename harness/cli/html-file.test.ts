import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRun } from '../review/testing/run-files.ts';
import { ARMS, testRun } from '../score/testing/test-run.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { htmlOf, writeHtml } from './html-file.ts';
import type { Output } from './output.ts';
import { readScreenshots } from './screenshot-files.ts';

const folder = temporaryFolder();
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A run's folder with the journals of the scoring tests. */
function runIn(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(smallRun())) fileIn(path, file, text);
  return path;
}

function listening(): { readonly output: Output; readonly said: string[] } {
  const said: string[] = [];
  const note = (text: string) => void said.push(text);
  return { output: { machine: note, people: note, progress: note, hasColour: false }, said };
}

test('report.html is written beside the other reports, and is the same when it is rendered again', async () => {
  const path = runIn('again');
  const { output, said } = listening();
  await writeHtml(path, testRun(ARMS), output);
  expect(said).toEqual([]);
  expect(await htmlOf(path, testRun(ARMS))).toBe(readFileSync(join(path, 'report.html'), 'utf8'));
});

test('the other profile of a run with two is held against this one', async () => {
  const path = runIn('first');
  mkdirSync(join(path, 'against'));
  fileIn(
    join(path, 'against'),
    'scorecard.json',
    JSON.stringify({ ...testRun(ARMS), profile: 'other-layers' }),
  );
  expect(await htmlOf(path, testRun(ARMS))).toContain('rebuild, other-layers');
});

test('a page that cannot be written takes nothing from the run, is said, and leaves no older page', async () => {
  const path = runIn('broken');
  fileIn(path, 'report.html', 'of an older scorecard');
  const { output, said } = listening();
  fileIn(
    path,
    'rebuild.one.guarded.jsonl',
    '{"seq":0,"atMs":0,"type":"header","schema":"brakecheck/journal/v99"}\n',
  );
  await expect(writeHtml(path, testRun(ARMS), output)).resolves.toBeUndefined();
  expect(said.join('')).toMatch(
    /^report\.html could not be written: .*\n {2}Verdict and other reports stand\./,
  );
  expect(() => readFileSync(join(path, 'report.html'))).toThrow(/ENOENT/);
});

test('of the evidence only pictures of bounded size and number are embedded, by name, and no link is followed', () => {
  const evidence = join(folder, 'evidence');
  mkdirSync(evidence);
  for (let number = 10; number < 40; number++) writeFileSync(join(evidence, `shot-${number}.png`), PNG);
  writeFileSync(join(evidence, 'a-forged.png'), '<script>');
  writeFileSync(join(evidence, 'b-large.png'), Buffer.concat([PNG, Buffer.alloc(3 * 1024 * 1024)]));
  writeFileSync(join(evidence, 'notes.txt'), 'no picture');
  symlinkSync(join(evidence, 'shot-10.png'), join(evidence, 'a-link.png'));
  const { shown, leftOut } = readScreenshots(evidence);
  expect(shown.map(({ name }) => name)).toEqual(
    Array.from({ length: 24 }, (_, index) => `shot-${index + 10}.png`),
  );
  expect(shown[0]).toEqual({ name: 'shot-10.png', type: 'image/png', base64: PNG.toString('base64') });
  expect(leftOut).toBe(6 + 2);
  expect(readScreenshots(join(folder, 'none'))).toEqual({ shown: [], leftOut: 0 });
});
