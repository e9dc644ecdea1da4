import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { PROJECT } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

interface Step {
  readonly id?: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as Action;
const folder = temporaryFolder();

/** The action as it stands after its first step, running from the sources. */
const installed = join(folder, 'action');
mkdirSync(join(installed, 'dist/harness/cli'), { recursive: true });
symlinkSync(join(PROJECT, 'node_modules'), join(installed, 'node_modules'));
for (const name of ['bin', 'action-main']) {
  fileIn(
    join(installed, 'dist/harness/cli'),
    `${name}.js`,
    `await import('${join(PROJECT, 'harness/cli', `${name}.ts`)}');\n`,
  );
}

fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
fileIn(folder, 'fits.yaml', smallProfile('fits', [{ use: 'deletion-protection' }]));
fileIn(folder, 'open.yaml', smallProfile('open', []));
for (const profile of ['fits', 'open']) {
  const day = {
    ...{ apiVersion: 'brakecheck/v1', kind: 'GameDay', metadata: { id: `day-${profile}`, title: 'A day' } },
    ...{ scenarios: ['./small.yaml'], profiles: [`./${profile}.yaml`], attribution: false },
  };
  fileIn(folder, `day-${profile}.yaml`, stringify(day));
}

interface Ran {
  readonly codes: readonly number[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly stderr: string;
}

/** Runs the action's steps as a build service does, up to the first that fails. */
async function runAction(given: Readonly<Record<string, string>>): Promise<Ran> {
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, given[name] ?? input.default ?? '']),
  );
  const outputs: Record<string, string> = {};
  const summary = fileIn(folder, 'summary.md', '');
  const codes: number[] = [];
  let stderr = '';
  const value = (text: string) =>
    text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => {
      if (path === 'github.action_path') return installed;
      const known: Readonly<Record<string, string>> = {
        ...Object.fromEntries(Object.entries(inputs).map(([name, set]) => [`inputs.${name}`, set])),
        ...Object.fromEntries(Object.entries(outputs).map(([name, set]) => [`steps.${name}`, set])),
      };
      return known[path] ?? '';
    });
  for (const step of action.runs.steps) {
    const output = fileIn(folder, 'output.txt', '');
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, value(text)]));
    const ran = await bash(step.run, {
      cwd: join(folder, value(step['working-directory'] ?? '.')),
      env: { ...env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
    });
    codes.push(ran.code);
    stderr += ran.stderr;
    for (const line of readFileSync(output, 'utf8').split('\n').slice(0, -1)) {
      outputs[`${step.id}.outputs.${line.slice(0, line.indexOf('='))}`] = line.slice(line.indexOf('=') + 1);
    }
    if (ran.code !== 0) break;
  }
  const named = Object.entries(action.outputs).map(([name, output]) => [name, value(output.value)]);
  return { codes, outputs: Object.fromEntries(named), summary: readFileSync(summary, 'utf8'), stderr };
}

/** As a build service calls it for `shell: bash`. */
function bash(script: string, { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> }) {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 600_000,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    stderr += part;
  });
  return new Promise<{ code: number; stderr: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? -1, stderr }));
  });
}

test('a game day that holds passes, with verdict, score and report as outputs and a summary', async () => {
  const ran = await runAction({ file: './day-fits.yaml', out: 'out/holds', gate: '90' });
  expect(ran.codes).toEqual([0, 0, 0]);
  expect(ran.outputs).toEqual({
    verdict: 'contained',
    score: '100',
    report: 'out/holds/gameday.md',
    folder: 'out/holds',
    'exit-code': '0',
    passed: 'true',
  });
  expect(existsSync(join(folder, 'out/holds/gameday.md'))).toBe(true);
  expect(ran.summary).toContain('small-deletion');
});

test('paths in the outputs begin at the workspace, also where the game day runs in a folder of its own', async () => {
  mkdirSync(join(folder, 'sub'));
  const ran = await runAction({ file: '../day-fits.yaml', out: 'out', 'working-directory': 'sub' });
  expect(ran.codes).toEqual([0, 0, 0]);
  expect(ran.outputs).toMatchObject({ folder: 'sub/out', report: 'sub/out/gameday.md' });
  expect(existsSync(join(folder, ran.outputs.report ?? ''))).toBe(true);
});

test('an escape fails the build unless it is expected, and an expected one that no longer escapes fails it', async () => {
  const out = 'out/escapes';
  const red = await runAction({ file: './day-open.yaml', out });
  expect(red.codes).toEqual([0, 0, 1]);
  expect(red.outputs).toMatchObject({ verdict: 'escaped', 'exit-code': '1', passed: 'false' });
  const known = await runAction({ file: './day-open.yaml', out, expect: 'small-deletion: escaped' });
  expect(known.codes).toEqual([0, 0, 0]);
  expect(known.outputs).toMatchObject({ verdict: 'escaped', passed: 'true' });
  const fixed = await runAction({ file: './day-fits.yaml', out: 'out/holds', expect: 'escaped' });
  expect(fixed.codes).toEqual([0, 0, 1]);
  expect(fixed.stderr).toContain('small-deletion under fits is contained, expected escaped');
});

test('a gate, a file and an expectation that are wrong fail the build, and what stands in an input is never run', async () => {
  const gate = await runAction({
    file: './day-open.yaml',
    out: 'out/escapes',
    expect: 'escaped',
    gate: '95',
  });
  expect(gate.codes.at(-1)).toBe(1);
  expect(gate.stderr).toMatch(/the score is \d+(\.\d+)?, and at least 95 is needed/);
  const none = await runAction({ file: './no-such.yaml', out: 'out/none' });
  expect(none.codes).toEqual([0, 0, 3]);
  expect(none.outputs).toMatchObject({ verdict: 'none', score: '', report: '', 'exit-code': '3' });
  const words = await runAction({ file: './day-fits.yaml', out: 'out/holds', expect: 'perhaps' });
  expect(words.codes.at(-1)).toBe(3);
  const touched = join(folder, 'touched');
  const hostile = `$(touch ${touched})\`touch ${touched}\`"; touch ${touched}; "`;
  await runAction({ file: hostile, out: hostile, expect: hostile, gate: hostile, workers: hostile });
  expect(existsSync(touched)).toBe(false);
}, 900_000);

test('what is not installed yet is installed first', async () => {
  const bare = join(folder, 'bare');
  mkdirSync(join(bare, 'bin'), { recursive: true });
  chmodSync(fileIn(join(bare, 'bin'), 'npm', '#!/bin/sh\necho "npm $*" >&2\n'), 0o755);
  const [install] = action.runs.steps;
  const env = { ACTION_PATH: bare, PATH: `${join(bare, 'bin')}:${process.env.PATH}` };
  const ran = await bash(install?.run ?? '', { cwd: folder, env });
  expect(ran).toEqual({ code: 0, stderr: 'npm ci --no-audit --no-fund\n' });
});

test('every step takes inputs through its environment, never into its script', () => {
  expect(action.runs.using).toBe('composite');
  for (const { run, shell } of action.runs.steps) {
    expect(run).not.toContain('${{');
    expect(shell).toBe('bash');
  }
});
