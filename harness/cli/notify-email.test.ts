import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { testNotice } from '../gameday/notify/write-notice.ts';
import type { NotificationSpec } from '../scenario/notification-schema.ts';
import { readMailServer } from './notify-mail-server.ts';
import { createSender } from './notify-sender.ts';

const TLS = new URL('../../fixtures/tls/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, TLS));
const EMAIL: NotificationSpec = {
  ...{ type: 'email', serverFrom: 'MAIL', from: 'days@example.com', on: ['escape'], subject: 'Game day' },
  to: ['one@example.com', 'two@example.com'],
};
const NOTICE = testNotice({ gameDay: 'a-day', title: 'A <b>day</b>', at: '2026-03-10T10:00:00.000Z' });

/** A real mail server on a free port of this machine, with what it took. */
async function aMailServer(options: SMTPServerOptions = {}) {
  const mails: { text: string; to: string[]; user: string | undefined; isSecure: boolean }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // It would look up the name of whoever calls.
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'me' && password === 'pass/word'
        ? done(null, { user: username })
        : done(new Error(`no such user, ${password}`)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          text: Buffer.concat(chunks).toString('utf8'),
          to: session.envelope.rcptTo.map(({ address }) => address),
          user: session.user === undefined ? undefined : String(session.user),
          isSecure: session.secure,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  onTestFinished(() => new Promise<void>(resolve => void server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { mails, at: `127.0.0.1:${port}` };
}

async function send(server: string, timeoutMs = 10_000) {
  const sender = createSender({ MAIL: server }, () => 0);
  onTestFinished(() => sender.close());
  return await sender.send(EMAIL, NOTICE, timeoutMs);
}

/** Trusts the authority of the fixtures until the test ends. */
function trustFixtures(): void {
  setDefaultCACertificates([...rootCertificates, read('ca.pem').toString()]);
  onTestFinished(() => setDefaultCACertificates([...rootCertificates]));
}

test('a mail goes to all receivers, as text and as HTML, under the same name at each try', async () => {
  const { mails, at } = await aMailServer();
  expect(await send(`smtp://${at}`)).toEqual({ state: 'sent' });
  expect(await send(`smtp://${at}`)).toEqual({ state: 'sent' });
  const [mail, again] = mails;
  expect(mail).toMatchObject({ to: ['one@example.com', 'two@example.com'], user: undefined });
  expect(mail?.text).toContain('Subject: [Game day] [test] a-day');
  expect(mail?.text).toContain('Auto-Submitted: auto-generated');
  expect(mail?.text).toContain('Content-Type: text/html');
  expect(mail?.text).toContain('A &lt;b&gt;day&lt;/b&gt;');
  const nameOf = (text = '') => /^Message-ID: (.*)$/im.exec(text)?.[1];
  expect(nameOf(mail?.text)).toContain('a-day-test-');
  expect(nameOf(again?.text)).toBe(nameOf(mail?.text));
});

test('a password is read from the address, and goes through TLS from the first byte or after STARTTLS', async () => {
  trustFixtures();
  const tls = { key: read('server.key'), cert: read('server.pem') };
  const secure = await aMailServer({ ...tls, secure: true, authOptional: false });
  expect(await send(`smtps://me:pass%2Fword@${secure.at}`)).toEqual({ state: 'sent' });
  expect(secure.mails).toMatchObject([{ user: 'me', isSecure: true }]);
  const upgraded = await aMailServer({ ...tls, authOptional: false, disabledCommands: [] });
  expect(await send(`smtp://me:pass%2Fword@${upgraded.at}`)).toEqual({ state: 'sent' });
  expect(upgraded.mails).toMatchObject([{ user: 'me', isSecure: true }]);
});

test('a certificate that nobody vouches for ends it before anything is said', async () => {
  const tls = { key: read('server.key'), cert: read('server.pem') };
  const { mails, at } = await aMailServer({ ...tls, secure: true });
  expect(await send(`smtps://me:pass%2Fword@${at}`)).toMatchObject({ state: 'failed' });
  expect(mails).toEqual([]);
});

test('a wrong password is refused for good, and stays out of what is said of it', async () => {
  const { at } = await aMailServer({ authOptional: false, allowInsecureAuth: true });
  const attempt = await send(`smtp://me:wrong-s3cret@${at}`);
  expect(attempt).toMatchObject({ state: 'refused' });
  expect(JSON.stringify(attempt)).toContain('535');
  expect(JSON.stringify(attempt)).not.toContain('wrong-s3cret');
});

test('a server that is down, slow or busy is one to try again', async () => {
  expect(await send('smtp://127.0.0.1:1')).toMatchObject({ state: 'failed' });
  const slow = await aMailServer({ onConnect: () => undefined });
  expect(await send(`smtp://${slow.at}`, 300)).toEqual({
    ...{ state: 'failed', waitMs: null },
    because: 'it was not done within 300 ms',
  });
  const busy = await aMailServer({
    onMailFrom: (_address, _session, done) =>
      done(Object.assign(new Error('come back later'), { responseCode: 451 })),
  });
  expect(await send(`smtp://${busy.at}`)).toMatchObject({
    state: 'failed',
    because: expect.stringContaining('451'),
  });
  const closed = await aMailServer({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('unknown'), { responseCode: 550 })),
  });
  expect(await send(`smtp://${closed.at}`)).toMatchObject({ state: 'refused' });
});

test('a server is an address and nothing else; a password never leaves this machine in the clear', () => {
  expect(readMailServer('smtp://me:a%23b@mail.example.com')).toEqual({
    ...{ host: 'mail.example.com', port: 587, isSecure: false, needsTls: true },
    auth: { user: 'me', pass: 'a#b' },
  });
  expect(readMailServer('smtps://mail.example.com')).toMatchObject({
    port: 465,
    needsTls: false,
    auth: null,
  });
  expect(readMailServer('smtp://me:x@[::1]:2525')).toMatchObject({
    host: '::1',
    port: 2525,
    needsTls: false,
  });
  for (const wrong of [
    '',
    'mail.example.com',
    'http://mail.example.com',
    'smtp://me:a/b@host',
    'smtp://me:a#b@host',
    'smtp://a:%zz@host',
    'smtp://host/path',
  ]) {
    expect(readMailServer(wrong), wrong).toBeNull();
  }
});
