import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { always, aService } from './testing/a-service.ts';
import { anAdapter } from './testing/an-adapter.ts';

const TLS = resolve(import.meta.dirname, '../../../fixtures/tls');
const pem = (name: string) => readFileSync(resolve(TLS, name));
const SERVER = { key: pem('server.key'), cert: pem('server.pem') };
const TOKEN = 'token-that-nobody-may-see';

test('a token goes out, and is seen nowhere: not in the journal, not in what explain shows', async () => {
  const service = await aService((response, { headers, text }) => {
    const told = `you are ${headers.authorization}, in base64 ${Buffer.from(TOKEN).toString('base64')}`;
    always(200, { decision: false, context: { reason: told, [TOKEN]: text } })(response, {
      method: '',
      url: '',
      headers,
      text,
    });
  });
  const { ask, asked, events } = await anAdapter(
    'authzen',
    { url: service.url, auth: { bearerFrom: 'PDP_TOKEN', headerFrom: { 'X-Key': 'PDP_TOKEN' } } },
    { env: { PDP_TOKEN: TOKEN } },
  );
  expect(await ask()).toMatchObject({
    effect: 'deny',
    reason: 'you are Bearer (secret from PDP_TOKEN), in base64 (secret from PDP_TOKEN)',
  });
  expect(service.received[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'x-key': TOKEN });
  const shown = JSON.stringify([asked, events()]);
  expect(shown).not.toContain(TOKEN);
  expect(shown).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 20));
  expect(asked[0]?.reply.exchange?.request).toMatchObject({
    headers: { authorization: 'Bearer (secret from PDP_TOKEN)', 'X-Key': '(secret from PDP_TOKEN)' },
  });
});

test('a token in an error is redacted as well', async () => {
  const service = await aService(always(500, `bad token ${TOKEN}`));
  const options = { url: service.url, auth: { bearerFrom: 'PDP_TOKEN' } };
  const { ask } = await anAdapter('authzen', options, { env: { PDP_TOKEN: TOKEN } });
  expect((await ask()).reason).toBe(
    'it answered with status 500 and said: bad token (secret from PDP_TOKEN)',
  );
});

test.each([
  ['is not set', {}, 'the environment variable PDP_TOKEN, which it needs, is not set'],
  ['is too short', { PDP_TOKEN: 'abc' }, 'shorter than 8 characters'],
  ['breaks a header', { PDP_TOKEN: 'two words\r\nx: y' }, 'no header can carry'],
])('a guardrail whose secret %s is not loaded, and says why', async (_name, env, reason) => {
  const options = { url: 'http://127.0.0.1:9', auth: { bearerFrom: 'PDP_TOKEN' } };
  const { events, ask } = await anAdapter('authzen', options, { env });
  expect(events()[0]).toMatchObject({
    about: 'create',
    answer: { effect: 'error', fault: 'not-loaded', reason: expect.stringContaining(reason) },
  });
  expect(await ask()).toMatchObject({ effect: 'error', fault: 'not-loaded', countedAs: 'deny' });
});

test.each(['sha256', 'sha512'] as const)(
  'the body is signed with HMAC-%s of exactly what was sent',
  async algorithm => {
    const service = await aService(always(200, { decision: true }));
    const { ask, asked } = await anAdapter(
      'authzen',
      {
        url: service.url,
        sign: { hmacFrom: 'SIGNING_KEY', algorithm, header: 'X-Hub-Signature', prefix: `${algorithm}=` },
      },
      { env: { SIGNING_KEY: TOKEN } },
    );
    await ask();
    const [request] = service.received;
    const expected = createHmac(algorithm, TOKEN)
      .update(request?.text ?? '')
      .digest('hex');
    expect(request?.headers['x-hub-signature']).toBe(`${algorithm}=${expected}`);
    expect(JSON.stringify(asked)).not.toContain(expected);
  },
);

test('a service behind an authority of one’s own is trusted by its file, and by nothing else', async () => {
  const service = await aService(always(200, { decision: true }), SERVER);
  const trusting = await anAdapter('authzen', { url: service.url, tls: { ca: 'ca.pem' } }, { baseDir: TLS });
  expect(await trusting.ask()).toMatchObject({ effect: 'allow' });
  const wary = await anAdapter('authzen', { url: service.url });
  expect(await wary.ask()).toMatchObject({
    effect: 'error',
    fault: 'unreachable',
    reason: expect.stringContaining('its TLS connection does not hold'),
  });
  expect(service.received).toHaveLength(1);
});

test('a certificate of another name is refused', async () => {
  const service = await aService(always(200, { decision: true }), SERVER);
  const url = service.url.replace('127.0.0.1', '127.0.0.2');
  const { ask } = await anAdapter('authzen', { url, tls: { ca: 'ca.pem' } }, { baseDir: TLS });
  expect(await ask()).toMatchObject({ effect: 'error', fault: 'unreachable' });
  expect(service.received).toHaveLength(0);
});

test('a service that wants a client certificate gets it', async () => {
  const mutual = { ...SERVER, ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true };
  const service = await aService(always(200, { decision: true }), mutual);
  const files = { ca: 'ca.pem', cert: 'client.pem', key: 'client.key' };
  const known = await anAdapter('authzen', { url: service.url, tls: files }, { baseDir: TLS });
  expect(await known.ask()).toMatchObject({ effect: 'allow' });
  const unknown = await anAdapter('authzen', { url: service.url, tls: { ca: 'ca.pem' } }, { baseDir: TLS });
  expect(await unknown.ask()).toMatchObject({ effect: 'error' });
});

test('a file of TLS that is not there is told when the guardrail is loaded', async () => {
  const { events } = await anAdapter(
    'authzen',
    { url: 'https://127.0.0.1:9', tls: { ca: 'none.pem' } },
    { baseDir: TLS },
  );
  expect(events()[0]).toMatchObject({ about: 'create', answer: { reason: 'there is no file none.pem' } });
});
