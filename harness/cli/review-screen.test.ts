import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRun } from '../review/testing/run-files.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { onTerminal, type PseudoTerminal } from '../tui/testing/pseudo-terminal.ts';

const folder = temporaryFolder();
mkdirSync(join(folder, 'reports/run-1'), { recursive: true });
for (const [name, text] of Object.entries(smallRun()))
  writeFileSync(join(folder, 'reports/run-1', name), text);

/** Nothing of the screen is left: the primary screen, a cursor, and a mode in which keys are echoed by the shell again. */
function expectRestored(terminal: PseudoTerminal): void {
  expect(terminal.isAlternate()).toBe(false);
  expect(terminal.isCursorHidden()).toBe(false);
}

test('on a terminal, review shows the list, opens a run, follows resizing, and q puts the terminal back', async () => {
  const terminal = onTerminal(['review'], { cwd: folder });
  await terminal.shows('▸ layers');
  expect(terminal.isAlternate()).toBe(true);
  expect(terminal.isCursorHidden()).toBe(true);
  terminal.type('\r');
  await terminal.shows('2 Timeline');
  terminal.type('2');
  await terminal.shows('UNGUARDED: the mistake');
  terminal.resize(140, 40);
  await terminal.shows(/ {2}0h\d\dm.*\n(.*\n)+ .*Enter open {2}e list {2}\? help$/);
  expect(terminal.screen().split('\n')).toHaveLength(40);
  terminal.resize(40, 8);
  await terminal.shows('The window is too small (40 × 8).');
  terminal.resize(80, 24);
  await terminal.shows('GUARDED: the mistake');
  terminal.type('\r');
  await terminal.shows('of rebuild, unguarded');
  terminal.type('\u001b');
  await terminal.shows('world time');
  terminal.type('q');
  expect(await terminal.ended()).toBe(0);
  expectRestored(terminal);
});

test.each([
  ['Ctrl-C', (terminal: PseudoTerminal) => terminal.type('\u0003'), 130],
  ['SIGTERM', (terminal: PseudoTerminal) => terminal.kill('SIGTERM'), 143],
] as const)('%s leaves the screen as well, and the exit code says how', async (_how, leave, code) => {
  const terminal = onTerminal(['review', 'reports/run-1'], { cwd: folder });
  await terminal.shows('1 Overview');
  leave(terminal);
  expect(await terminal.ended()).toBe(code);
  expectRestored(terminal);
});

test('a run that is not there is told on the terminal as it is, without a screen', async () => {
  const terminal = onTerminal(['review', 'reports/none'], { cwd: folder });
  expect(await terminal.ended()).toBe(3);
  expect(terminal.written()).toContain('could not find a run in reports/none');
  expect(terminal.written()).not.toContain('\u001b[?1049h');
});

test('NO_COLOR is honoured: signs and words say it all', async () => {
  const terminal = onTerminal(['review', 'reports/run-1'], { cwd: folder, env: { NO_COLOR: '1' } });
  await terminal.shows('✓ CONTAINED');
  terminal.type('q');
  expect(await terminal.ended()).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what it looks for
  expect(terminal.written()).not.toMatch(/\u001b\[(3|4|9)\dm/);
});

const RUN = ['run', 'approval-bypass', '--no-attribution', '--out'];

test('a run on a terminal is shown while it goes on; its screen can be left, and the run goes on', async () => {
  const terminal = onTerminal([...RUN, join(folder, 'live')], { cwd: join(import.meta.dirname, '../..') });
  await terminal.shows('● RUNNING');
  await terminal.shows(/approval-bypass .* \d+%/);
  terminal.type('q');
  await terminal.shows('The run goes on. What now?');
  terminal.type('v');
  await terminal.shows('running: ');
  expectRestored(terminal);
  // It goes on, and the terminal's own Ctrl-C is heard again.
  await terminal.shows(/running: [1-9]\d* %/);
  terminal.type('\u0003');
  expect(await terminal.ended()).toBe(130);
});

test('asked to, the reader stops the run: its journals are closed, and the terminal is put back', async () => {
  const terminal = onTerminal([...RUN, join(folder, 'stopped')], { cwd: join(import.meta.dirname, '../..') });
  await terminal.shows(/approval-bypass .* \d+%/);
  terminal.type('qs');
  expect(await terminal.ended()).toBe(130);
  expectRestored(terminal);
  expect(terminal.written()).toContain('closing the journals');
});

test('when a run on a terminal is over, its screen says which key leaves, and the result is printed after it', async () => {
  const scenario = fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
  const terminal = onTerminal(['run', scenario, '--profile', 'none', '--no-attribution', '--out', 'ended'], {
    cwd: folder,
  });
  await terminal.shows('The run has ended: q leaves, and its result is printed.');
  expect(terminal.screen()).toContain('✗ 1 of 1 escaped');
  expect(terminal.written()).not.toContain('Report: ended');
  terminal.type('q');
  expect(await terminal.ended()).toBe(1);
  expectRestored(terminal);
  expect(terminal.written()).toMatch(/\[\?1049l[\s\S]*ESCAPED[\s\S]*Report: ended/);
});

test('with --plain a run on a terminal prints lines of progress', async () => {
  const terminal = onTerminal([...RUN, join(folder, 'plain'), '--plain'], {
    cwd: join(import.meta.dirname, '../..'),
  });
  await terminal.shows('running: ');
  terminal.type('\u0003');
  expect(await terminal.ended()).toBe(130);
  expect(terminal.written()).not.toContain('\u001b[?1049h');
});
