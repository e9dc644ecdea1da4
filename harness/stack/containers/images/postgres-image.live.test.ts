import { expect } from 'vitest';
import { needs } from '../../../testing/needs.ts';
import type { ContainerEngine } from '../engine/container-engine.ts';
import type { ContainerSpec } from '../engine/container-spec.ts';
import { sweepAfterwards } from '../testing/sweep-afterwards.ts';
import { imageTag, testEngine, testRun } from '../testing/test-engine.ts';

const containersTest = needs('containers');
const run = testRun('postgres');
sweepAfterwards(run);

containersTest('the limit of connections is the world’s, and the last ones are the superuser’s', async () => {
  const { sql } = await server('limits', { MAX_CONNECTIONS: '7', RESERVED_CONNECTIONS: '2' });
  expect((await sql('show max_connections')).stdout.trim()).toBe('7');
  expect((await sql('show superuser_reserved_connections')).stdout.trim()).toBe('2');
  await sql("create role shop login password 'x'");
  // Five sessions of an ordinary role are all there can be; the sixth is refused, the superuser is not.
  const held = Array.from({ length: 6 }, () => sql('select pg_sleep(3)', 'shop'));
  const answers = await Promise.all([...held, pause(1000).then(() => sql('select 1'))]);
  const refused = answers.slice(0, 6).filter(({ exitCode }) => exitCode !== 0);
  expect(refused.length).toBe(1);
  expect(refused[0]?.stderr).toContain('remaining connection slots are reserved');
  expect(answers[6]?.stdout.trim()).toBe('1');
});

containersTest('it asks for its password over the network, and does not run as root', async () => {
  const { engine, id, sql } = await server('password', { POSTGRES_PASSWORD: "it's a secret" });
  const over = (password: string) =>
    engine.exec(id, [
      'env',
      `PGPASSWORD=${password}`,
      'psql',
      '--host=127.0.0.1',
      '--tuples-only',
      '--command=select 1',
    ]);
  expect((await over("it's a secret")).stdout.trim()).toBe('1');
  expect((await over('a guess')).stderr).toContain('password authentication failed');
  expect((await engine.exec(id, ['id', '-un'])).stdout.trim()).toBe('postgres');
  expect((await engine.exec(id, ['cat', '/proc/1/cmdline'])).stdout).not.toContain('secret');
  expect((await sql('show fsync')).stdout.trim()).toBe('off');
});

containersTest('a dump brings back what was dropped', async () => {
  const { engine, id, sql } = await server('dump', {});
  await sql('create database shop');
  const inShop = (text: string) =>
    engine.exec(id, ['psql', '--dbname=shop', '--tuples-only', `--command=${text}`]);
  await inShop('create table t (a int); insert into t select generate_series(1, 1000)');
  expect((await engine.exec(id, ['pg_dump', '-Fc', '-f', '/var/lib/brakecheck/d', 'shop'])).exitCode).toBe(0);
  await inShop('drop table t');
  const restored = await engine.exec(id, ['pg_restore', '--dbname=shop', '/var/lib/brakecheck/d']);
  expect(restored.stderr).toBe('');
  expect((await inShop('select count(*) from t')).stdout.trim()).toBe('1000');
});

containersTest('without a password it does not start, and says why', async () => {
  const engine = await testEngine(run);
  const network = await engine.network('mute', true);
  const spec = { ...(await specOf(engine, 'mute')), networks: [{ network, aliases: [] }] };
  await expect(engine.start([spec])).rejects.toThrow('set POSTGRES_PASSWORD');
});

async function server(role: string, env: Readonly<Record<string, string>>) {
  const engine = await testEngine(run);
  const network = await engine.network(role, true);
  const [started] = await engine.start([
    {
      ...(await specOf(engine, role)),
      networks: [{ network, aliases: [role] }],
      env: { POSTGRES_PASSWORD: 'secret', ...env },
    },
  ]);
  const id = started?.id ?? '';
  const sql = (text: string, role = 'postgres') =>
    engine.exec(id, [
      'psql',
      `--username=${role}`,
      '--dbname=postgres',
      '--tuples-only',
      `--command=${text}`,
    ]);
  return { engine, id, sql };
}

async function specOf(engine: ContainerEngine, role: string): Promise<Omit<ContainerSpec, 'networks'>> {
  return {
    role,
    image: await imageTag(engine, 'postgres'),
    scratch: { '/var/lib/brakecheck': 'size=128m,mode=1777' },
    memoryBytes: 256e6,
    readyLog: /ready to accept connections/,
  };
}

function pause(durationMs: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, durationMs);
  });
}
