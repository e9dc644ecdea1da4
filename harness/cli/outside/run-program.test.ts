import { expect, test } from 'vitest';
import type { ExecAsk } from '../../ports/outside.ts';
import { createOutside } from './create-outside.ts';

function run(script: string, changes: Partial<ExecAsk> = {}) {
  const { outside } = createOutside(import.meta.dirname, { PATH: process.env.PATH, HOME: '/nowhere' });
  const command = ['sh', '-c', script] as const;
  return outside.exec({ command, stdin: '', env: {}, timeoutMs: 60_000, maxBytes: 1_000, ...changes });
}

test('a program gets its input and only the environment that it was given', async () => {
  const reply = await run('cat; echo "home=$HOME own=$OWN" >&2; exit 7', {
    stdin: '{"a":1}',
    env: { OWN: 'x' },
  });
  expect(reply).toEqual({ code: 7, signal: null, stdout: '{"a":1}', stderr: 'home= own=x\n' });
});

test('a program that ends without reading its input is no trouble', async () => {
  expect(await run('exit 0', { stdin: 'x'.repeat(1_000_000) })).toMatchObject({ code: 0 });
});

test('a program that hangs is ended at the deadline, with what it started', async () => {
  const asked = run('sleep 300 & echo $!; wait', { timeoutMs: 300 });
  await expect(asked).rejects.toMatchObject({ fault: 'timeout', message: 'sh did not end within 300 ms' });
});

test('what a program leaves running is ended, and nobody waits for it', async () => {
  const { code, stdout } = await run('sleep 300 & echo $!');
  expect(code).toBe(0);
  const left = Number(stdout.trim());
  // Killed, it may still be listed until its new parent has taken note of it.
  const check = await run(`ps -o stat= -p ${left} || true`);
  expect(check.stdout.trim()).toMatch(/^(Z.*)?$/);
});

test('a program that prints without end is ended', async () => {
  await expect(run('yes')).rejects.toMatchObject({ fault: 'too-large' });
});

test('a program that is not there is told by name', async () => {
  const { outside } = createOutside(import.meta.dirname, {});
  const ask = { stdin: '', env: {}, timeoutMs: 60_000, maxBytes: 1_000 };
  await expect(outside.exec({ ...ask, command: ['./none.sh'] })).rejects.toMatchObject({
    fault: 'not-found',
    message: 'there is no program ./none.sh',
  });
});
