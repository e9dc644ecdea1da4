import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Scorecard } from '../score/scorecard.ts';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { findOurs } from '../stack/containers/sweep/find-ours.ts';
import { brakecheck } from '../testing/command-line.ts';
import { needs } from '../testing/needs.ts';
import { smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';
import { TINY_COMPANY } from '../testing/tiny-company.ts';
import type { Manifest } from './run-directory.ts';

const LIMIT_MS = 900_000;
const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'tiny.yaml', smallScenario({ minutes: 40, figures: TINY_COMPANY }));
const localTest = (sentence: string, body: () => Promise<void>) =>
  test(sentence, { timeout: LIMIT_MS }, body);
const containersTest = needs('containers');
const onContainers = (sentence: string, body: () => Promise<void>) =>
  containersTest(sentence, body, LIMIT_MS);

for (const [stack, testOn] of [
  ['local', localTest],
  ['containers', onContainers],
] as const) {
  testOn(
    `${stack}: two runs side by side reach what one alone reaches, and each leaves nothing`,
    async () => {
      const outs = ['one', 'other'].map(name => join(folder, `${stack}-${name}`));
      const args = [
        '--stack',
        stack,
        '--profile',
        'none',
        '--no-attribution',
        '--sample',
        '200ms',
        '--browser',
        'off',
      ];
      const run = (out: string) =>
        brakecheck(['run', SCENARIO, ...args, '--out', out], { limitMs: LIMIT_MS });
      const ended = await Promise.all(outs.map(run));
      expect(ended.map(({ code, stderr }) => [code, stderr.includes('fault of brakecheck')])).toEqual([
        [1, false],
        [1, false],
      ]);
      // The simulation is alone in its process: what it finds is what an undisturbed run finds.
      const alone = join(folder, `${stack}-alone`);
      await brakecheck(['run', SCENARIO, '--profile', 'none', '--no-attribution', '--out', alone]);
      const expected = judgement(alone);
      for (const { cells, found } of outs.map(judgement)) {
        expect(found).toEqual(expected.found);
        // They share the machine's processors, so that a slow answer may count against another cell as well.
        expect(cells).toEqual(expect.arrayContaining([...expected.cells]));
      }
      for (const out of outs) {
        const { journals } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest;
        expect(journals.map(({ leftBehind }) => leftBehind)).toEqual([0, 0, 0, 0]);
        expect(readdirSync(out).filter(file => file.endsWith('.jsonl'))).toHaveLength(4);
      }
      if (stack === 'containers') expect(await leftOf(outs.map(out => basename(out)))).toEqual([]);
    },
  );
}

function judgement(out: string) {
  const { scenarios } = JSON.parse(readFileSync(join(out, 'scorecard.json'), 'utf8')) as Scorecard;
  const [scenario] = scenarios;
  const arms = [scenario?.arms.unguarded, scenario?.arms.guarded];
  return {
    found: {
      ...{ verdict: scenario?.verdict, stage: scenario?.stage },
      destroyed: arms.map(arm => arm?.harm?.cellsDestroyed),
      rowsLost: arms.map(arm => arm?.harm?.rowsLostWorst),
    },
    cells: arms.flatMap(arm => arm?.harm?.cellsAffected ?? []),
  };
}

async function leftOf(runIds: readonly string[]): Promise<string[]> {
  const client = await connectEngine(process.env.DOCKER_HOST);
  const found = await findOurs(client.container.dockerode);
  return found.filter(({ runId }) => runIds.includes(runId)).map(({ name }) => name);
}
