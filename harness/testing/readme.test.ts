import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT_CODES } from '../cli/exit-codes.ts';
import { brakecheck, PROJECT } from './command-line.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const readme = read('README.md');

test('the first screen has the two lines that work alone', () => {
  const firstScreen = readme.split('\n').slice(0, 15);
  expect(firstScreen).toContain('npm ci && npm start');
  expect(firstScreen).toContain('npm ci && npm test');
});

test('the table of exit codes is that of the program', () => {
  for (const { code, name, when } of EXIT_CODES) expect(readme).toContain(`| ${code} | ${name} | ${when} |`);
});

test('every verb of the program is in the table of commands', async () => {
  const { stdout } = await brakecheck(['--help']);
  const commands = stdout.slice(stdout.indexOf('Commands:'), stdout.indexOf('Exit codes:'));
  const verbs = [...commands.matchAll(/^ {2}([a-z]+) /gm)].map(match => match[1] as string);
  expect(verbs.length).toBeGreaterThanOrEqual(8);
  for (const verb of verbs.filter(verb => verb !== 'help'))
    expect(readme).toMatch(new RegExp(`\`${verb}\\b`));
});

test('the excerpt stands in the scenario file, line by line', () => {
  const excerpt = /```yaml\n([\s\S]*?)\n```/.exec(readme)?.[1] ?? '';
  const file = read('scenarios/incidents/kiro-cost-explorer.yaml');
  const lines = excerpt.split('\n').filter(line => line.trim() !== '' && line.trim() !== '# …');
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(file.split('\n')).toContain(line);
});

test('the worked example is the one that a test computes', () => {
  expect(readme).toContain(read('harness/score/worked-example.md').trim());
});

test('the frames of the full screen are those that the program draws', () => {
  const frames = [...readme.matchAll(/<!-- frame: (\S+) -->\n```text\n([\s\S]*?)\n```/g)];
  expect(frames.length).toBeGreaterThanOrEqual(3);
  for (const [, name, frame] of frames) expect(frame).toBe(read(`harness/tui/golden/${name}.txt`).trimEnd());
});

test('every file that is linked is there', () => {
  for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
    expect(existsSync(join(PROJECT, path as string)), path).toBe(true);
  }
});

test('the least guardrail is the one whose code is run (harness/guardrails/README.md)', () => {
  const block = /```js\n[\s\S]*?\n```/.exec(readme)?.[0] ?? '';
  expect(block).toContain('defineGuardrail');
  expect(read('harness/guardrails/README.md')).toContain(block);
});
