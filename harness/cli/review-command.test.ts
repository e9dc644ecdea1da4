import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRun } from '../review/testing/run-files.ts';
import { brakecheck } from '../testing/command-line.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const files = smallRun();
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(folder, 'reports/run-1/against'), { recursive: true });
  writeFileSync(join(folder, 'reports/run-1', name), text);
  writeFileSync(
    join(folder, 'reports/run-1/against', name),
    text.replace('"startedAt":"2026-03-10', '"startedAt":"2026-03-09'),
  );
}

function review(...args: string[]) {
  return brakecheck(['review', ...args], { cwd: folder });
}

test('without a folder, review lists all runs, the newest first', async () => {
  const { code, stdout, stderr } = await review();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/reports\/run-1 +2026-03-10 10:00 .+✓ 1 held/);
  expect(stdout.indexOf('reports/run-1 ')).toBeLessThan(stdout.indexOf('reports/run-1/against '));
  expect(stdout).toContain('reports/run-1: = the same as the run before it that asked the same');
});

test('a view is printed without colour on a pipe, at the width asked for', async () => {
  const { code, stdout } = await review('reports/run-1', '--print', 'timeline', '--width', '60');
  expect(code).toBe(0);
  expect(stdout).toContain('rebuild: timeline');
  expect(stdout).not.toContain('\u001b');
  expect(Math.max(...stdout.split('\n').map(line => [...line].length))).toBeLessThanOrEqual(60);
});

test('what a review cannot show is refused in clear words', async () => {
  const nowhere = await review('reports/none', '--print', 'overview');
  expect(nowhere.code).toBe(3);
  expect(nowhere.stderr).toContain('could not find a run in reports/none');
  const other = await review('reports/run-1', '--print', 'layers', '--scenario', 'other');
  expect(other.code).toBe(3);
  expect(other.stderr).toContain('It has: rebuild.');
  const narrow = await review('reports/run-1', '--print', 'layers', '--width', '7');
  expect(narrow.code).toBe(3);
  expect(narrow.stderr).toContain('a whole number from 40 to 400');
});

test('a journal of a newer version is refused, whatever the scorecard says', async () => {
  const name = 'rebuild.one.guarded.jsonl';
  mkdirSync(join(folder, 'newer'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, 'newer', file), text);
  writeFileSync(join(folder, 'newer', name), (files[name] ?? '').replace('journal/v1', 'journal/v2'));
  const { code, stderr } = await review('newer', '--print', 'overview');
  expect(code).not.toBe(0);
  expect(stderr).toContain(`could not read ${name}: it is of format brakecheck/journal/v2`);
  expect(stderr).not.toContain('    at ');
});
