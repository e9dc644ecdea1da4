import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testNotice } from '../gameday/notify/write-notice.ts';
import { aService } from '../guardrails/adapters/testing/a-service.ts';
import type { NotificationSpec } from '../scenario/notification-schema.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { channelKey } from './notify-channel.ts';
import { drainOutboxes } from './notify-drain.ts';
import { outboxOf, putInOutbox, readOutbox } from './notify-outbox.ts';
import { createSender } from './notify-sender.ts';
import { createRealClock } from './real-clock.ts';

const folder = temporaryFolder();
const WEBHOOK: NotificationSpec = {
  ...{ type: 'webhook', urlFrom: 'HOOK', secretFrom: 'KEY', on: ['escape'] },
};
const SLACK: NotificationSpec = { type: 'slack', urlFrom: 'SLACK', on: ['escape'] };
const SECRET_PATH = '/services/T000/B000/very-secret-part';
const DAY_MS = 86_400_000;
let days = 0;

interface Round {
  readonly env: Record<string, string>;
  readonly channels?: readonly NotificationSpec[];
  readonly wallMs?: number;
  readonly isPatient?: boolean;
  readonly tries?: number;
  readonly boundMs?: number;
}

/** One game day's outbox with one message for each channel, and what sending it logs. */
function anOutbox(channels: readonly NotificationSpec[] = [WEBHOOK]) {
  const outbox = outboxOf(join(folder, `day-${days++}`));
  const notice = testNotice({ gameDay: 'a-day', title: 'A day', at: '2026-03-10T10:00:00.000Z' });
  for (const spec of channels) putInOutbox(outbox, { channel: channelKey(spec), notice, nowMs: 0 });
  const send = async (round: Round): Promise<{ log: string; tookMs: number }> => {
    const lines: string[] = [];
    const clock = createRealClock();
    const sender = createSender(round.env, () => 1_773_136_800_000);
    await drainOutboxes([outbox], {
      ...{ sender, clock, channels: round.channels ?? channels, untilMs: round.boundMs ?? 20_000 },
      policy: { tries: round.tries ?? 3, tryMs: 300, firstWaitMs: 10 },
      ...{ wallMs: () => round.wallMs ?? 0, isPatient: round.isPatient === true },
      log: line => void lines.push(line),
    });
    sender.close();
    return { log: lines.join('\n'), tookMs: clock.nowMs() };
  };
  return { outbox, notice, send };
}

async function aRawServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a webhook arrives signed, and is gone from the outbox', async () => {
  const service = await aService(response => void response.end('whatever'));
  const { outbox, notice, send } = anOutbox();
  const { log } = await send({ env: { HOOK: service.url, KEY: 'a-key' } });
  const [got] = service.received;
  expect(JSON.parse(got?.text ?? '')).toEqual(notice);
  const stamp = got?.headers['webhook-timestamp'];
  const mac = createHmac('sha256', 'a-key').update(`${notice.id}.${stamp}.${got?.text}`).digest('base64');
  expect(got?.headers).toMatchObject({ 'webhook-id': notice.id, 'webhook-signature': `v1,${mac}` });
  expect(stamp).toBe('1773136800');
  expect(readOutbox(outbox)).toEqual([]);
  expect(log).toBe('notification by webhook HOOK: sent');
});

test('a receiver that fails first is tried again, with the same message', async () => {
  let asked = 0;
  const service = await aService(response => {
    response.statusCode = asked++ < 2 ? 503 : 200;
    response.end();
  });
  const { outbox, send } = anOutbox();
  const { log } = await send({ env: { HOOK: service.url, KEY: 'a-key' } });
  expect(log.match(/status 503; trying again in \d/g)).toHaveLength(2);
  expect(log).toContain('sent');
  expect(new Set(service.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(readOutbox(outbox)).toEqual([]);
});

test.each([
  ['is down', async () => 'http://127.0.0.1:1', /nothing listens there/],
  ['never answers', () => aRawServer(() => undefined), /no whole answer within/],
  ['speaks no HTTP', () => aRawServer(socket => void socket.end('SSH-2.0-x\r\n\r\n')), /does not speak HTTP/],
  ['hangs up', () => aRawServer(socket => void socket.destroy()), /broke the connection off/],
  [
    'answers without end',
    () =>
      aRawServer(socket => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.write('x'.repeat(300_000));
      }),
    /longer than/,
  ],
])('a receiver that %s costs a bounded time, a logged retry, and no message', async (_, start, words) => {
  const { outbox, send } = anOutbox();
  const { log } = await send({ env: { HOOK: await start(), KEY: 'a-key' } });
  expect(log).toMatch(words);
  expect(log.match(/trying again/g)).toHaveLength(2);
  expect(log).toContain('kept for the next time');
  expect(readOutbox(outbox)).toHaveLength(1);
  const works = await aService(response => void response.end());
  expect((await send({ env: { HOOK: works.url, KEY: 'a-key' } })).log).toContain('sent');
  expect(readOutbox(outbox)).toEqual([]);
});

test('the time for all messages together is bounded, and one channel does not hold up another', async () => {
  const hangs = await aRawServer(() => undefined);
  const works = await aService(response => void response.end('ok'));
  const { outbox, send } = anOutbox([WEBHOOK, SLACK]);
  const env = { HOOK: hangs, KEY: 'a-key', SLACK: works.url };
  await send({ env, tries: 1_000, boundMs: 700 });
  expect(works.received).toHaveLength(1);
  expect(JSON.parse(works.received[0]?.text ?? '')).toMatchObject({ mrkdwn: false });
  expect(readOutbox(outbox)).toMatchObject([{ entry: { channel: channelKey(WEBHOOK), rounds: 1 } }]);
});

test('what is refused, or redirected, is logged and not tried again', async () => {
  for (const status of [400, 404, 410, 302]) {
    const service = await aService(response => {
      response.writeHead(status, { location: `http://127.0.0.1:1${SECRET_PATH}` });
      response.end();
    });
    const { outbox, send } = anOutbox();
    const { log } = await send({ env: { HOOK: `${service.url}${SECRET_PATH}`, KEY: 'a-key' } });
    expect(log).toContain('it is not tried again');
    expect(log).not.toContain('secret-part');
    expect(service.received).toHaveLength(1);
    expect(readOutbox(outbox)).toEqual([]);
  }
});

test('a patient sender waits longer each time, and longer still when it was asked to', async () => {
  const service = await aService(response => {
    response.writeHead(429, { 'retry-after': '7200' });
    response.end();
  });
  const { outbox, send } = anOutbox();
  const env = { HOOK: service.url, KEY: 'a-key' };
  await send({ env, isPatient: true });
  expect(readOutbox(outbox)[0]?.entry).toMatchObject({ rounds: 1, nextMs: 7_200_000 });
  await send({ env, isPatient: true, wallMs: 7_199_999 });
  expect(service.received).toHaveLength(1);
  await send({ env, isPatient: true, wallMs: 7_200_000 });
  expect(service.received).toHaveLength(2);
});

test('nothing is sent unsigned when the key is missing, and nothing for ever', async () => {
  const service = await aService(response => void response.end());
  const { outbox, send } = anOutbox();
  await send({ env: { HOOK: service.url } });
  expect(service.received).toHaveLength(0);
  expect(readOutbox(outbox)).toHaveLength(1);
  const late = await send({ env: { HOOK: service.url, KEY: 'a-key' }, wallMs: 8 * DAY_MS });
  expect(late.log).toContain('could not be sent for a week');
  expect(readOutbox(outbox)).toEqual([]);
  const other = anOutbox();
  expect((await other.send({ env: {}, channels: [SLACK] })).log).toContain('names its receiver no longer');
  expect(service.received).toHaveLength(0);
});

test('secrets are in no log and in no file, whatever the receiver repeats', async () => {
  const service = await aService((response, { headers, url }) => {
    response.writeHead(500, { 'x-echo': `${url} ${headers['webhook-signature']}` });
    response.end(`${url} a-very-secret-key`);
  });
  const { outbox, send } = anOutbox([WEBHOOK, SLACK]);
  const env = {
    HOOK: `${service.url}${SECRET_PATH}?token=abcdefgh`,
    KEY: 'a-very-secret-key',
    SLACK: 'no address: s3cr3t',
  };
  const { log } = await send({ env });
  const files = readdirSync(outbox).map(name => readFileSync(join(outbox, name)).toString('latin1'));
  expect(log).toContain('SLACK holds no http or https address');
  for (const shown of [log, ...files]) {
    for (const secret of ['very-secret', 'abcdefgh', 's3cr3t']) expect(shown).not.toContain(secret);
  }
});

test('an outbox is bounded, and a file that is none of its own is no obstacle', async () => {
  const outbox = outboxOf(join(folder, 'many'));
  for (let index = 0; index < 130; index++) {
    const at = new Date(index * 1_000).toISOString();
    const notice = testNotice({ gameDay: 'a-day', title: 'A day', at });
    putInOutbox(outbox, { channel: 'x', notice, nowMs: 0 });
    putInOutbox(outbox, { channel: 'x', notice, nowMs: 0 });
  }
  const kept = readOutbox(outbox);
  expect(kept).toHaveLength(100);
  expect(kept.at(-1)?.entry.notice.at).toBe(new Date(129_000).toISOString());
});
