import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { always, aService } from './testing/a-service.ts';
import { anAdapter } from './testing/an-adapter.ts';

// A service that answers wrongly, slowly, never, hugely or maliciously costs its own decision and nothing else.

const asking = (url: string, timeLimitMs = 60_000) => anAdapter('authzen', { url }, { timeLimitMs });

/** A server that says these bytes to whoever connects, and then does nothing. */
async function saying(bytes: string, thenEnd = false): Promise<string> {
  const open = new Set<Socket>();
  const server = createServer(socket => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => (thenEnd ? socket.end(bytes) : socket.write(bytes)));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

test('a redirect is not followed, and nothing is sent to where it points', async () => {
  const elsewhere = await aService(always(200, { decision: true }));
  const service = await aService(response => {
    response.writeHead(307, { location: elsewhere.url });
    response.end();
  });
  const { ask } = await asking(service.url);
  const answer = await ask();
  expect(answer).toMatchObject({ effect: 'error', fault: 'nonsense', countedAs: 'deny' });
  expect(answer.reason).toContain('(status 307), which is not followed');
  expect(elsewhere.received).toHaveLength(0);
});

test('an endless body is cut off', async () => {
  let isClosed = false;
  const service = await aService(response => {
    response.writeHead(200);
    response.on('close', () => {
      isClosed = true;
    });
    const more = () => {
      while (!isClosed && response.write('x'.repeat(65_536)));
      if (!isClosed) response.once('drain', more);
    };
    more();
  });
  const { ask } = await asking(service.url);
  expect(await ask()).toMatchObject({
    effect: 'error',
    fault: 'nonsense',
    reason: 'its answer is longer than 262144 bytes',
  });
});

test('a body that drips is given up at the deadline of the whole exchange', async () => {
  const service = await aService(response => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  const { ask } = await asking(service.url, 200);
  expect(await ask()).toMatchObject({
    effect: 'error',
    fault: 'timed-out',
    reason: 'it gave no whole answer within 200 ms',
  });
});

test.each([
  ['says nothing', '', false, 'timed-out', 'no whole answer within 200 ms'],
  ['hangs up', '', true, 'unreachable', 'broke the connection off'],
  [
    'stops in the middle of its body',
    'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"dec',
    true,
    'unreachable',
    'broke the connection off',
  ],
  [
    'stops in the middle of its headers',
    'HTTP/1.1 200 OK\r\nx: ',
    true,
    'unreachable',
    'broke the connection off',
  ],
  ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', false, 'unreachable', 'it does not speak HTTP'],
  [
    'has endless headers',
    `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`,
    false,
    'unreachable',
    'it does not speak HTTP',
  ],
])('a service that %s costs its decision', async (_name, bytes, thenEnd, fault, reason) => {
  const { ask } = await asking(await saying(bytes, thenEnd), 200);
  expect(await ask()).toMatchObject({
    effect: 'error',
    fault,
    reason: expect.stringContaining(reason),
    countedAs: 'deny',
  });
});

test('a service that is gone costs its decision', async () => {
  const service = await aService(always(200, { decision: true }));
  await service.stop();
  const { ask } = await asking(service.url);
  expect(await ask()).toMatchObject({
    fault: 'unreachable',
    reason: expect.stringContaining('nothing listens there'),
  });
});

test('escapes in a reason do not reach journal or terminal, nor does its length', async () => {
  const reason = `\u001b[2J\u001b]0;owned\u0007 stop\u202e${'!'.repeat(5_000)}`;
  const service = await aService(always(200, { decision: false, context: { reason } }));
  const { ask } = await asking(service.url);
  const answer = await ask();
  expect(answer.reason).toMatch(/^\[2J \]0;owned stop !+…$/);
  expect((answer.reason as string).length).toBe(500);
});

test('an answer with keys of JavaScript’s own is data', async () => {
  const service = await aService(always(200, '{"__proto__":{"decision":true},"constructor":1}'));
  const { ask } = await asking(service.url);
  expect(await ask()).toMatchObject({ effect: 'error', reason: 'its reply has no decision' });
});

test('a deeply nested answer is an error, and no crash', async () => {
  const service = await aService(
    always(200, `{"decision":false,"context":${'['.repeat(60_000)}${']'.repeat(60_000)}}`),
  );
  const { ask } = await asking(service.url);
  expect((await ask()).effect).toMatch(/deny|error/);
});

test('the question after a failure is asked again, on a new connection', async () => {
  let questions = 0;
  const service = await aService((response, request) => {
    questions += 1;
    if (questions === 1) response.destroy();
    else always(200, { decision: true })(response, request);
  });
  const { ask } = await asking(service.url);
  expect((await ask()).effect).toBe('error');
  expect((await ask()).effect).toBe('allow');
  expect(questions).toBe(2);
});

test('one connection serves many questions', async () => {
  const service = await aService(always(200, { decision: true }));
  const { ask } = await asking(service.url);
  for (let index = 0; index < 5; index++) await ask();
  expect(service.received).toHaveLength(5);
  expect(service.connections()).toBe(1);
});
