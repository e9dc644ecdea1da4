import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Notice } from '../gameday/notify/notice.ts';
import { aService } from '../guardrails/adapters/testing/a-service.ts';
import { brakecheck } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
fileIn(folder, 'fits.yaml', smallProfile('layers', [{ use: 'deletion-protection' }]));
fileIn(folder, 'open.yaml', smallProfile('layers', []));
const NONE = { HOOK: '', KEY: '' };

function gameDay(profile: string, parts: Record<string, unknown> = {}): string {
  const spec = {
    ...{ apiVersion: 'brakecheck/v1', kind: 'GameDay', metadata: { id: 'a-day', title: 'A game day' } },
    ...{ scenarios: ['./small.yaml'], profiles: [profile], attribution: false },
    notifications: [{ type: 'webhook', urlFrom: 'HOOK', secretFrom: 'KEY' }],
    ...parts,
  };
  return fileIn(folder, `${profile.replaceAll(/[^a-z]/g, '')}.day.yaml`, stringify(spec));
}

const day = (file: string, name: string, args: readonly string[], env: Record<string, string>) =>
  brakecheck(['gameday', file, '--out', join(folder, name), ...args], { env });
const waiting = (name: string) => {
  const outbox = join(folder, name, 'outbox');
  return existsSync(outbox)
    ? readdirSync(outbox).filter(each => each.endsWith('.json') && each !== 'owner.json')
    : [];
};

test('a receiver that is down costs a game day nothing but a logged retry; the next one delivers, and tells of the recovery', {
  timeout: 600_000,
}, async () => {
  const down = { HOOK: 'http://127.0.0.1:1/s3cret-path', KEY: 'k' };
  const first = await day(gameDay('./open.yaml'), 'a-day-20260101-000000', [], down);
  expect(first.code).toBe(1);
  expect(first.stderr).toMatch(/webhook HOOK: .*nothing listens there; trying again in/);
  expect(first.stderr).toContain('kept for the next time');
  expect(`${first.stdout}${first.stderr}`).not.toContain('s3cret-path');
  expect(waiting('a-day-20260101-000000')).toHaveLength(1);

  const service = await aService(response => void response.end());
  const up = { HOOK: service.url, KEY: 'k' };
  const second = await day(gameDay('./fits.yaml'), 'a-day-20260102-000000', [], up);
  expect(second.code).toBe(0);
  const notices = service.received.map(({ text }) => JSON.parse(text) as Notice);
  expect(notices.map(({ headline }) => headline)).toEqual([
    'a-day: 1 escape contained again, holds again',
    'a-day: 1 escaped',
  ]);
  expect(notices[0]?.occurrences[0]).toMatchObject({
    ...{ events: ['verdict-change', 'recovery'], before: 'escaped', after: 'contained' },
  });
  expect(waiting('a-day-20260101-000000')).toEqual([]);

  // Called again, the finished one tells nothing twice.
  await day(gameDay('./fits.yaml'), 'a-day-20260102-000000', [], up);
  expect(service.received).toHaveLength(2);
});

test('nobody is told with --no-notify, nor where a variable is not set', { timeout: 600_000 }, async () => {
  const service = await aService(response => void response.end());
  const file = gameDay('./open.yaml');
  const quiet = await day(file, 'quiet', ['--no-notify'], { HOOK: service.url, KEY: 'k' });
  expect(quiet.code).toBe(1);
  expect(quiet.stderr).not.toContain('notification');
  const unset = await day(file, 'unset', [], { ...NONE, HOOK: service.url });
  expect(unset.stderr).toContain('not sent, since the variable KEY is not set');
  expect(service.received).toEqual([]);
  expect(waiting('unset')).toEqual([]);
});

test('--test-notifications sends everybody a message that is marked, and runs nothing', {
  timeout: 600_000,
}, async () => {
  const service = await aService(response => void response.end());
  const file = gameDay('./open.yaml');
  const sent = await day(file, 'tested', ['--test-notifications'], { HOOK: service.url, KEY: 'k' });
  expect(sent).toMatchObject({ code: 0, stdout: 'webhook HOOK: sent\n' });
  expect(JSON.parse(service.received[0]?.text ?? '')).toMatchObject({ isTest: true, occurrences: [] });
  expect(existsSync(join(folder, 'tested'))).toBe(false);
  const unset = await day(file, 'tested', ['--test-notifications'], NONE);
  expect(unset).toMatchObject({ code: 4, stdout: 'webhook HOOK: the variable HOOK is not set\n' });
});
