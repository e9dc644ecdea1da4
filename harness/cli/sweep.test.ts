import { expect, test } from 'vitest';
import { runSweep } from '../bench/run-sweep.ts';
import { loadFile } from '../scenario/load-file.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { outlineSuite } from './arm-plans.ts';
import { openWorkspace } from './workspace.ts';

test('a sweep gives the same scorecard through one worker and through three', async () => {
  const workspace = await openWorkspace(process.cwd());
  const scenario = loadFile('small.yaml', Buffer.from(smallScenario({ minutes: 60 })), 'Scenario');
  const profile = loadFile('none.yaml', Buffer.from(smallProfile('none', [])), 'Profile');
  const seeds = ['1', '2', '3', '4', '5', '6'];
  const arms = outlineSuite({ scenarios: [scenario], profile, seeds, ordinary: false }, workspace);
  const sweep = { workspace, profile: 'none', arms };
  const one = await runSweep({ ...sweep, workers: 1 });
  const three = await runSweep({ ...sweep, workers: 3 });
  expect(one.card.seeds).toEqual(seeds);
  expect(one.card.scenarios).toMatchObject([{ verdict: 'escaped', sensitivity: { seeds: 6, escaped: 6 } }]);
  expect(three.card).toEqual(one.card);
});
