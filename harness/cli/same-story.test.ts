import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digestOf } from '../kernel/digest.ts';
import { invariant } from '../kernel/invariant.ts';
import { brakecheck, PROJECT, runSmall } from '../testing/command-line.ts';
import { runOneArm } from '../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 25 }));
copyFileSync(join(PROJECT, 'fixtures/guests/noop.js'), join(folder, 'noop.js'));
// A module of one's own beside the profile: `verify` has to find it again.
const PROFILE = fileIn(
  folder,
  'profile.yaml',
  smallProfile('protected', [{ use: 'deletion-protection' }, { id: 'own', use: './noop.js' }]),
);

/** Runs into a new folder and returns it; how it ends is no matter here. */
async function runInto(name: string, options: { seed?: string; cwd?: string; env?: Record<string, string> }) {
  const { seed = '1', ...process } = options;
  const out = join(folder, name);
  const ended = await runSmall([SCENARIO, '--profile', PROFILE, '--seed', seed, '--out', out], process);
  invariant(ended.stderr.includes('100 %'), `the run did not get to its end: ${ended.stderr}`);
  return out;
}

function journalsIn(directory: string): Record<string, string> {
  const names = readdirSync(directory).filter(name => name.endsWith('.jsonl'));
  return Object.fromEntries(names.map(name => [name, readFileSync(join(directory, name), 'utf8')]));
}

const first = runInto('first', {});

/** Changes a file of a run. */
function change(directory: string, name: string, changed: (text: string) => string): void {
  const path = join(directory, name);
  const text = readFileSync(path, 'utf8');
  invariant(changed(text) !== text, `there is something to change in ${name}`);
  writeFileSync(path, changed(text));
}

/** Changes a journal, and the digest that the run noted of it as well. */
function forge(directory: string, name: string, changed: (text: string) => string): void {
  const digest = () => digestOf(readFileSync(join(directory, name), 'utf8'));
  const noted = digest();
  change(directory, name, changed);
  change(directory, 'manifest.json', manifest => manifest.replace(noted, digest()));
}

test('the same command gives the same journals in another place, time zone and language, and others with another seed', async () => {
  const told = journalsIn(await first);
  expect(Object.keys(told)).toHaveLength(4);
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  expect(journalsIn(await runInto('again', { cwd: elsewhere, env }))).toEqual(told);
  const other = journalsIn(await runInto('other', { seed: '2' }));
  for (const [name, text] of Object.entries(other))
    expect(text.replaceAll('"seed":"2"', '"seed":"1"') === told[name]).toBe(false);
});

test('arms that take turns in the threads of the command line are the arms that run alone', async () => {
  const told = journalsIn(await first);
  const scenario = readFileSync(SCENARIO, 'utf8');
  const profile = readFileSync(PROFILE, 'utf8');
  for (const arm of ['benign', 'unguarded'] as const) {
    const alone = await runOneArm({ scenario, profile, arm, moduleFolder: folder });
    expect(alone.text === told[`small-deletion.${arm}.jsonl`]).toBe(true);
  }
});

test('verify runs a saved run again and finds every journal the same', async () => {
  const { code, stdout } = await brakecheck(['verify', await first]);
  expect(stdout).toContain('4 of 4 journals verified');
  expect(stdout.match(/^same .*run again, byte for byte/gm)).toHaveLength(4);
  expect(code).toBe(0);
});

test('verify finds one changed byte, a build that is another by now, and a story that the plan does not tell', async () => {
  const copy = join(folder, 'tampered');
  cpSync(await first, copy, { recursive: true });
  const reason = (text: string) => text.replace('"status":"completed"', '"status":"kompleted"');
  change(copy, 'small-deletion.calm.jsonl', reason);
  forge(copy, 'small-deletion.unguarded.jsonl', text =>
    text.replace(/("pricing-stable":"sha256:)..../g, '$1zzzz'),
  );
  forge(copy, 'small-deletion.guarded.jsonl', reason);
  const { code, stdout } = await brakecheck(['verify', copy]);
  const [calm, unguarded, guarded, benign] = stdout.split('\n');
  expect(calm).toMatch(/^DIFFERENT {2}small-deletion\.calm\.jsonl: it was changed after the run/);
  expect(unguarded).toMatch(/^DIFFERENT .*: the build pricing-stable is no longer the one that ran$/);
  expect(guarded).toMatch(/^DIFFERENT .*: the second run differs from event \d+ on/);
  expect(benign).toMatch(/^same .*run again, byte for byte/);
  expect(code).toBe(1);
});

test('score reads a run that was moved elsewhere, and comes to the same scorecard', async () => {
  const copy = join(folder, 'moved');
  cpSync(await first, copy, { recursive: true });
  change(copy, 'scorecard.json', () => 'something else');
  const { code, stderr } = await brakecheck(['score', copy], { cwd: folder });
  expect(stderr).toBe('');
  expect(readFileSync(join(copy, 'scorecard.json'), 'utf8')).toBe(
    readFileSync(join(await first, 'scorecard.json'), 'utf8'),
  );
  expect(code).toBe(JSON.parse(readFileSync(join(copy, 'scorecard.json'), 'utf8')).exit.code);
});
