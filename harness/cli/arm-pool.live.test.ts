import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readJournal } from '../journal/reader.ts';
import { PROJECT } from '../testing/command-line.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { ArmJob } from './arm-job.ts';
import { planSuite } from './arm-plans.ts';
import { ArmPool } from './arm-pool.ts';
import { openWorkspace } from './workspace.ts';

const folder = temporaryFolder();

/** The arms of a replay on loopback ports in which somebody acts, with short samples. */
async function jobs(): Promise<(ArmJob & { readonly journalPath: string })[]> {
  const workspace = await openWorkspace(PROJECT);
  const { catalogue, buildFolders } = workspace;
  const scenarios = [catalogue.find('Scenario', 'kiro-cost-explorer')];
  const profile = catalogue.find('Profile', 'none');
  const arms = planSuite({ scenarios, profile, seeds: ['1'], ordinary: false, stack: 'local' }, workspace);
  const acted = arms.filter(({ plan }) => plan.arm !== 'calm');
  return acted.map(({ plan, file }) => ({
    ...{ plan, buildFolders, moduleFolder: PROJECT, untilHarmless: false, sampleMs: 200 },
    journalPath: join(folder, file),
  }));
}

function typesIn(path: string): readonly string[] {
  return readJournal(readFileSync(path, 'utf8'), path).lines.map(({ type }) => type);
}

test('a company comes up once the one before is steady, while that one is lived through', async () => {
  const pool = new ArmPool({ living: 2, starting: 1 });
  const [first, second, third] = await jobs();
  if (first === undefined || second === undefined || third === undefined) throw new Error('three arms');
  try {
    const running = [first, second, third].map(job => pool.run(job));
    while (!existsSync(second.journalPath)) await pause(5);
    const soFar = typesIn(first.journalPath);
    expect(soFar).toContain('gate');
    expect(soFar).not.toContain('closed');
    expect(existsSync(third.journalPath)).toBe(false);
    pool.requestStop();
    const ended = await Promise.all(running);
    expect(ended.map(({ leftBehind }) => leftBehind)).toEqual([0, 0, 0]);
  } finally {
    await pool.close();
  }
});
