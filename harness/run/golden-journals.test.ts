import { expect, test } from 'vitest';
import { digestOf } from '../kernel/digest.ts';
import { type ArmRequest, runOneArm } from '../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';

/**
 * To accept changed digests on purpose: `npx vitest run harness/run/golden-journals.test.ts -u`, and say in the change why
 * the story of a seed changed.
 */
test('the journals of the small scenario with seed 1 are the ones that were accepted', async () => {
  const profile = smallProfile('protected', [{ use: 'deletion-protection' }]);
  const lines: string[] = [];
  for (const arm of ['calm', 'unguarded', 'guarded', 'benign'] as const) {
    const { text } = await runOneArm({ scenario: smallScenario({ minutes: 60 }), profile, arm });
    lines.push(`${arm.padEnd(10)} ${digestOf(text)}\n`);
  }
  await expect(lines.join('')).toMatchFileSnapshot('testing/golden-journals.txt');
});

test('the same arm twice in one process is the same journal, byte for byte; another seed is another', async () => {
  const request: ArmRequest = { scenario: smallScenario({ minutes: 40 }), arm: 'unguarded' };
  const { text } = await runOneArm(request);
  expect((await runOneArm(request)).text).toBe(text);
  const other = (await runOneArm({ ...request, seed: '2' })).text;
  expect(other.replace('"seed":"2"', '"seed":"1"')).not.toBe(text);
});
