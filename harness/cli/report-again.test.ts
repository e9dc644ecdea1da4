import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { sarifProblems } from '../report/testing/sarif-problems.ts';
import { brakecheck, runSmall } from '../testing/command-line.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
const SAVED = { md: 'report.md', junit: 'junit.xml', json: 'scorecard.json', sarif: 'report.sarif' } as const;

test('all formats are rendered again from the journals alone, to the same bytes', async () => {
  const options = ['--profile', 'none', '--out', 'run', '--sarif', '--summary', 'summary.md'];
  writeFileSync(join(folder, 'summary.md'), 'written by another step\n');
  const ran = await runSmall(['small.yaml', ...options], { cwd: folder });
  expect(ran).toMatchObject({ code: 1 });
  const out = join(folder, 'run');
  const saved = Object.values(SAVED).map(name => readFileSync(join(out, name), 'utf8'));
  for (const name of readdirSync(out)) {
    if (!name.endsWith('.jsonl') && name !== 'manifest.json') rmSync(join(out, name));
  }

  const again = await Promise.all(
    Object.keys(SAVED).map(format => brakecheck(['report', 'run', '--format', format], { cwd: folder })),
  );
  expect(again.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    saved.map(() => ({ code: 0, stderr: '' })),
  );
  expect(again.map(({ stdout }) => stdout)).toEqual(saved);
  const [markdown = '', , , sarif = ''] = saved;
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toBe(`written by another step\n\n${markdown}`);

  expect(sarifProblems(sarif)).toEqual([]);
  const [result] = JSON.parse(sarif).runs[0].results;
  const { artifactLocation, region } = result.locations[0].physicalLocation;
  expect(artifactLocation).toEqual({ uri: 'small.yaml', uriBaseId: 'SRCROOT' });
  const lines = readFileSync(join(folder, 'small.yaml'), 'utf8').split('\n');
  expect(lines[region.startLine - 1]?.slice(region.startColumn - 1)).toBe('id: rebuild');
  const request = result.relatedLocations[0].physicalLocation;
  const journal = readFileSync(join(folder, request.artifactLocation.uri), 'utf8').split('\n');
  expect(JSON.parse(journal[request.region.startLine - 1] ?? '')).toMatchObject({
    type: 'action-requested',
    stepId: 'rebuild',
  });
});

test('once the scenario file has changed, SARIF names it and gives no line', async () => {
  fileIn(folder, 'small.yaml', smallScenario({ minutes: 61 }));
  const { stdout } = await brakecheck(['report', 'run', '--format', 'sarif'], { cwd: folder });
  const [result] = JSON.parse(stdout).runs[0].results;
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'small.yaml', uriBaseId: 'SRCROOT' },
  });
  expect(result.message.text).toContain('not the one that ran');
});

test('score writes report.sarif anew only where there was one', async () => {
  await brakecheck(['score', 'run'], { cwd: folder });
  expect(readdirSync(join(folder, 'run'))).not.toContain('report.sarif');
  writeFileSync(join(folder, 'run/report.sarif'), 'stale');
  await brakecheck(['score', 'run'], { cwd: folder });
  expect(sarifProblems(readFileSync(join(folder, 'run/report.sarif'), 'utf8'))).toEqual([]);
});

test('a summary file without a name is refused before anything runs', async () => {
  const ended = await runSmall(['small.yaml', '--summary', ''], { cwd: folder });
  expect(ended).toMatchObject({ code: 3, stdout: '' });
  expect(ended.stderr).toContain('a file is needed');
});

test('a game day of files elsewhere is found again through its file, and its scoreboard can be appended', async () => {
  fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
  const day = { apiVersion: 'brakecheck/v1', kind: 'GameDay', metadata: { id: 'day', title: 'A day' } };
  const parts = { scenarios: ['./small.yaml'], profiles: ['none'], attribution: false };
  fileIn(folder, 'day.yaml', stringify({ ...day, ...parts }));
  const ended = await brakecheck(['gameday', 'day.yaml', '--out', 'day', '--summary', 'day.md'], {
    cwd: folder,
  });
  expect(ended.code).toBe(1);
  expect(readFileSync(join(folder, 'day.md'), 'utf8')).toBe(
    readFileSync(join(folder, 'day/gameday.md'), 'utf8'),
  );
  const { stdout } = await brakecheck(['report', 'day/none', '--format', 'sarif'], { cwd: folder });
  const [result] = JSON.parse(stdout).runs[0].results;
  expect(result.locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: 'small.yaml' },
    region: { startColumn: expect.any(Number) },
  });
});
