import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brakecheck } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const SCENARIO = fileIn(folder, 'small.yaml', smallScenario({ minutes: 25 }));
fileIn(folder, 'slip.cedar', 'permit (principal, action, resource)\nwhen { context.x = 1 };\n');
fileIn(folder, 'ca.pem', 'no certificate\n');
const PROFILE = fileIn(
  folder,
  'slips.yaml',
  smallProfile('slips', [
    { use: 'deny-all' },
    { id: 'policies', use: 'cedar', options: { policies: ['./slip.cedar'] } },
    { id: 'trusting', use: 'authzen', options: { url: 'https://127.0.0.1:1', tls: { ca: './ca.pem' } } },
    {
      id: 'secretive',
      use: 'webhook',
      options: { url: 'http://127.0.0.1:1', auth: { bearerFrom: 'UNSET_TOKEN' } },
    },
  ]),
);

const POLICY = `guardrails[1].use: could not load the guardrail "policies": ./slip.cedar:2:8: '=' is not a valid operator in Cedar; try using '==' instead`;
const AUTHORITY =
  'guardrails[2].use: could not load the guardrail "trusting": ./ca.pem holds no certificate in PEM';
const SECRET =
  'guardrails[3].use: could not load the guardrail "secretive": the environment variable UNSET_TOKEN, which it needs, is not set';

test.each(['run', 'explain', 'stress'])(
  '%s tells of every guardrail that cannot be loaded, with its place, before anything runs',
  async verb => {
    const out = join(folder, `out-${verb}`);
    const args = [verb, SCENARIO, '--profile', PROFILE, ...(verb === 'explain' ? [] : ['--out', out])];
    const { code, stdout, stderr } = await brakecheck(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/slips\.yaml:\d+:\d+ {2}guardrails\[1\]/);
    for (const problem of [POLICY, AUTHORITY, SECRET]) expect(stderr).toContain(problem);
    expect(stderr).toContain('3 problems in 1 file');
    expect(existsSync(out)).toBe(false);
  },
  120_000,
);

test('validate looks at the files that a guardrail is loaded from, and needs no secret', async () => {
  const { code, stderr } = await brakecheck(['validate', PROFILE]);
  expect(code).toBe(3);
  expect(stderr).toContain(POLICY);
  expect(stderr).toContain(AUTHORITY);
  expect(stderr).not.toContain('UNSET_TOKEN');
}, 900_000);

test('a plan alone needs no secret either', async () => {
  const { code } = await brakecheck(['run', SCENARIO, '--profile', PROFILE, '--dry-run']);
  expect(code).toBe(0);
}, 900_000);
