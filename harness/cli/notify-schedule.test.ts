import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ScheduleState } from '../gameday/schedule/state.ts';
import { aService } from '../guardrails/adapters/testing/a-service.ts';
import { brakecheck } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
fileIn(folder, 'small.yaml', smallScenario({ minutes: 60 }));
fileIn(folder, 'fits.yaml', smallProfile('fits', [{ use: 'deletion-protection' }]));
const state = join(folder, 'reports/schedule/a-day');

/** A scheduler that was down on the last 29th of February, which is not made up for; ended after it spoke of its message. */
function schedule(env: Record<string, string>) {
  const spec = {
    ...{ apiVersion: 'brakecheck/v1', kind: 'GameDay', metadata: { id: 'a-day', title: 'A game day' } },
    ...{ scenarios: ['./small.yaml'], profiles: ['./fits.yaml'], attribution: false },
    schedule: { cron: '0 0 29 2 *', timeZone: 'Europe/Berlin', missed: 'skip' },
    notifications: [{ type: 'webhook', urlFrom: 'HOOK' }],
  };
  const file = fileIn(folder, 'a-day.yaml', stringify(spec));
  let isAsked = false;
  return brakecheck(['schedule', file, '--log', 'json', '--no-listen'], {
    ...{ cwd: folder, env },
    onStderr: (soFar, child) => {
      if (isAsked || !/webhook HOOK: (sent|.*kept for)/.test(soFar)) return;
      isAsked = true;
      child.kill('SIGTERM');
    },
  });
}

test('a schedule that did not run is told; what could not be sent is sent by the next scheduler', {
  timeout: 600_000,
}, async () => {
  mkdirSync(state, { recursive: true });
  const before: ScheduleState = {
    ...{ schema: 'brakecheck/schedule-state/v1', gameDay: 'a-day' },
    ...{ cron: '0 0 29 2 *', timeZone: 'Europe/Berlin', noticedMs: Date.parse('2024-02-01T00:00Z') },
    ...{ waiting: [], current: null, recent: [] },
  };
  writeFileSync(join(state, 'state.json'), JSON.stringify(before));
  const down = await schedule({ HOOK: 'http://127.0.0.1:1/s3cret-path' });
  expect(down.code).toBe(143);
  expect(down.stderr).toContain('nothing listens there');
  expect(down.stderr).not.toContain('s3cret-path');

  // It would be left alone for a minute.
  const outbox = join(state, 'outbox');
  const [name = ''] = readdirSync(outbox).filter(each => each.startsWith('20'));
  const entry = JSON.parse(readFileSync(join(outbox, name), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(outbox, name), JSON.stringify({ ...entry, nextMs: 0 }));
  const service = await aService(response => void response.end());
  const up = await schedule({ HOOK: service.url });
  expect(up.code).toBe(143);
  expect(service.received.map(({ text }) => JSON.parse(text))).toMatchObject([
    {
      headline: 'a-day did not run as scheduled',
      occurrences: [
        { events: ['schedule-missed'], sentence: expect.stringContaining('2024-02-28T23:00:00Z') },
      ],
      result: null,
    },
  ]);
});
