import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brakecheck, type Ended, PROJECT } from '../testing/command-line.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const BROKEN = join(PROJECT, 'fixtures/broken');
const folder = temporaryFolder();

/** A refusal for people: the exit code and its name, nothing on standard output, no stack trace. */
function expectRefusal({ code, stdout, stderr }: Ended): void {
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at .*[(:]\d+/m);
  expect(stderr).not.toContain('fault of brakecheck');
}

test('validate refuses all broken files in one call, names every one of them, and shows no stack trace', async () => {
  const names = readdirSync(BROKEN).filter(name => name.endsWith('.yaml'));
  const ended = await brakecheck(['validate', ...names], { cwd: BROKEN });
  expectRefusal(ended);
  expect(ended.stderr).toContain('exit 3 (invalid)');
  expect(names.filter(name => !ended.stderr.includes(name))).toEqual([]);
});

test('validate finds nothing wrong with the files that are shipped', async () => {
  const { code, stdout } = await brakecheck(['validate']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+ files valid\n$/) });
});

test.each<{ readonly args: readonly string[]; readonly hint: string }>([
  { args: ['run', join(BROKEN, 'unknown-verb.yaml')], hint: 'unknown-verb.yaml' },
  { args: ['run', join(folder, 'there-is-none.yaml')], hint: 'there is no such file' },
  { args: ['run', 'kiro-cost-explorerr'], hint: 'did you mean "kiro-cost-explorer"?' },
  { args: ['run', 'kiro-cost-explorer', '--profile', 'deny-al'], hint: 'did you mean "deny-all"?' },
  {
    args: ['run', 'kiro-cost-explorer', '--profile', 'kiro-cost-explorer'],
    hint: '"kiro-cost-explorer" is a Scenario',
  },
  {
    args: ['run', 'kiro-cost-explorer', '--against', 'nonesuch'],
    hint: 'could not find the Profile "nonesuch"',
  },
  { args: ['run', 'kiro-cost-explorer', '--stack', 'container'], hint: 'containers' },
  { args: ['run', 'kiro-cost-explorer', '--profil', 'none'], hint: 'Did you mean --profile?' },
  { args: ['run', 'kiro-cost-explorer', '--seeds', '0'], hint: 'a whole number from 1' },
  { args: ['run', 'kiro-cost-explorer', '--fail-under', 'high'], hint: 'a number from 0 to 100' },
  { args: ['run'], hint: "missing required argument 'scenario'" },
  { args: ['rum'], hint: 'Did you mean run?' },
  { args: ['schema', 'Scenaro'], hint: 'Did you mean Scenario?' },
  { args: ['describe', 'kiro-cost'], hint: 'brakecheck list' },
  { args: ['report', folder, '--format', 'pdf'], hint: 'md, html, junit, json, sarif' },
  { args: ['score', folder], hint: 'it has no manifest.json' },
  { args: ['verify', join(folder, 'nowhere')], hint: 'it has no manifest.json' },
])('a command line that cannot be carried out is refused with a hint: $hint', async ({ args, hint }) => {
  const ended = await brakecheck(args, { cwd: folder });
  expectRefusal(ended);
  expect(ended.stderr).toContain(hint);
  expect(readdirSync(folder)).toEqual([]);
});
