import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { nextDue } from '../gameday/schedule/due-times.ts';
import { brakecheck, PROJECT } from '../testing/command-line.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const EXAMPLES = join(PROJECT, 'examples/schedule');
const read = (path: string) => readFileSync(join(EXAMPLES, path), 'utf8');
const folder = temporaryFolder();
const NOW = Date.parse('2026-03-25T00:00Z');

/** When the game day that the examples run is due next. */
async function dueOfWeekly(): Promise<string> {
  const told = await brakecheck(
    ['schedule', 'weekly', '--dry-run', '--json', '--count', '1', '--from', '2026-03-25T00:00Z'],
    { cwd: folder },
  );
  return (JSON.parse(told.stdout) as { due: { due: string }[] }).due[0]?.due ?? '';
}

test('the crontab is due when the game day is', async () => {
  const lines = read('cron/crontab')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
  expect(lines).toHaveLength(2);
  const timeZone = /^CRON_TZ=(\S+)$/.exec(lines[0] ?? '')?.[1] ?? '';
  const [minute, hour, day, month, weekday, ...command] = (lines[1] ?? '').split(' ');
  const cron = [minute, hour, day, month, weekday].join(' ');
  expect(new Date(nextDue({ cron, timeZone }, NOW) ?? 0).toISOString()).toBe(await dueOfWeekly());
  // cron ends a command at the first per cent sign.
  expect(command.join(' ')).not.toContain('%');
  const checked = spawnSync('sh', ['-n', '-c', command.join(' ')]);
  expect(checked.status).toBe(0);
});

/** Where the examples expect a clone, running from the sources; and the folder in which runs begin. */
function installed(): { readonly opt: string; readonly state: string } {
  const opt = join(folder, 'clone');
  const state = join(folder, 'state');
  for (const made of [join(opt, 'dist/harness/cli'), state]) mkdirSync(made, { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(opt, 'node_modules'));
  const entry = `await import('${join(PROJECT, 'harness/cli/bin.ts')}');\n`;
  fileIn(join(opt, 'dist/harness/cli'), 'bin.js', entry);
  return { opt, state };
}

test.skipIf(spawnSync('flock', ['--version']).status !== 0)(
  "cron's line runs a game day and keeps what it says, and a second one begins nothing beside it",
  () => {
    const { opt, state } = installed();
    fileIn(state, 'small.yaml', smallScenario({ minutes: 60 }));
    fileIn(state, 'fits.yaml', smallProfile('fits', [{ use: 'deletion-protection' }]));
    const day = {
      ...{ apiVersion: 'brakecheck/v1', kind: 'GameDay', metadata: { id: 'small-day', title: 'A day' } },
      ...{ scenarios: ['./small.yaml'], profiles: ['./fits.yaml'], attribution: false },
    };
    fileIn(state, 'small-day.yaml', stringify(day));
    const line = (read('cron/crontab').trimEnd().split('\n').at(-1) ?? '')
      .replace(/^(\S+ ){5}/, '')
      .replaceAll('/opt/brakecheck', opt)
      .replaceAll('/var/lib/brakecheck', state)
      .replace('gameday weekly', 'gameday ./small-day.yaml');
    // cron gives a command little more than this.
    const run = (command: string) =>
      spawnSync('/bin/sh', ['-c', command], {
        env: { PATH: '/usr/bin:/bin', HOME: folder },
        encoding: 'utf8',
      });
    const held = `cd ${state} && flock -n gameday.lock /bin/sh -c ${JSON.stringify(line.replaceAll('"', ''))}`;
    expect(run(held).status).toBe(1);
    expect(existsSync(join(state, 'reports'))).toBe(false);
    const ran = run(line);
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, '', '']);
    expect(readFileSync(join(state, 'gameday.log'), 'utf8')).toContain('Exit 0 (held).');
    expect(readdirSync(join(state, 'reports')).some(name => name.startsWith('small-day-'))).toBe(true);
  },
);

test('the verbs and options of the examples exist', async () => {
  const unit = (name: string) => /^ExecStart=.*bin\.js (.*)$/m.exec(read(`systemd/${name}`))?.[1]?.split(' ');
  const compose = parse(read('container/compose.yaml')) as { services: { schedule: { command: string[] } } };
  const image = /^CMD (\[.*\])$/m.exec(read('container/Dockerfile'))?.[1] ?? '[]';
  const called = [
    unit('brakecheck-schedule.service'),
    [...(unit('brakecheck-gameday.service') ?? [])],
    compose.services.schedule.command,
    JSON.parse(image) as string[],
  ];
  for (const args of called) {
    expect(args?.length).toBeGreaterThan(1);
    const ended = await brakecheck([...(args ?? []), '--dry-run'], { cwd: folder });
    expect([args, ended.code]).toEqual([args, 0]);
  }
});

const analyze = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });

test.skipIf(analyze.status !== 0)(
  'systemd finds nothing wrong with the units, and the timer is due when the game day is',
  async () => {
    const units = join(folder, 'units');
    const program = join(folder, 'opt/node_modules/.bin');
    mkdirSync(units);
    mkdirSync(program, { recursive: true });
    chmodSync(fileIn(program, 'node', '#!/bin/sh\n'), 0o755);
    const files = readdirSync(join(EXAMPLES, 'systemd')).map(name =>
      // The programs need not be where the example has them.
      fileIn(
        units,
        name,
        read(`systemd/${name}`).replaceAll('/opt/brakecheck/node_modules', join(folder, 'opt/node_modules')),
      ),
    );
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${units}:` },
    });
    const about = verified.stderr.split('\n').filter(line => line.includes('brakecheck'));
    expect(about).toEqual([]);
    const calendar = /^OnCalendar=(.*)$/m.exec(read('systemd/brakecheck-gameday.timer'))?.[1] ?? '';
    const told = execFileSync(
      'systemd-analyze',
      ['calendar', '--base-time=2026-03-25 00:00:00 UTC', calendar],
      { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } },
    );
    const due = await dueOfWeekly();
    expect(told).toContain(`${due.slice(0, 10)} ${due.slice(11, 19)} UTC`);
  },
);

test('the container passes SIGTERM on, waits for its runs, and asks the endpoint that is there', () => {
  const image = read('container/Dockerfile');
  expect(image).toMatch(/^ENTRYPOINT \[/m);
  // Whichever base it is built on: a name would have to be known there.
  expect(image).toMatch(/^USER \d+:\d+$/m);
  expect(image.match(/^FROM .*$/gm)).toEqual(['FROM $BASE AS build', 'FROM $BASE']);
  expect(image).toContain('127.0.0.1:9464/healthz');
  const { services } = parse(read('container/compose.yaml')) as {
    services: {
      schedule: { stop_grace_period: string; build: { context: string; dockerfile: string; args: object } };
    };
  };
  expect(services.schedule.stop_grace_period).toBe('3m');
  const { context, dockerfile, args } = services.schedule.build;
  expect(join(EXAMPLES, 'container', context)).toBe(`${PROJECT}`);
  expect(readFileSync(join(PROJECT, dockerfile), 'utf8')).toBe(image);
  const [, base] = /^ARG BASE=(.*)$/m.exec(image) ?? [];
  expect(args).toEqual({ BASE: `\${BASE:-${base}}` });
});

test('the workflow gives the action inputs that it has, and uses outputs that it has', () => {
  interface Workflow {
    readonly on: { readonly schedule: readonly { readonly cron: string }[] };
    readonly jobs: {
      readonly 'game-day': {
        readonly steps: readonly { uses?: string; id?: string; with?: Record<string, unknown> }[];
      };
    };
  }
  const text = read('github/weekly-game-day.yml');
  const workflow = parse(text) as Workflow;
  const action = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as Record<
    'inputs' | 'outputs',
    object
  >;
  expect(nextDue({ cron: workflow.on.schedule[0]?.cron ?? '', timeZone: 'UTC' }, NOW)).not.toBeNull();
  const used = workflow.jobs['game-day'].steps.find(({ id }) => id === 'game-day');
  for (const input of Object.keys(used?.with ?? {})) expect(Object.keys(action.inputs)).toContain(input);
  const outputs = [...text.matchAll(/steps\.game-day\.outputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(outputs.length).toBeGreaterThan(0);
  for (const output of outputs) expect(Object.keys(action.outputs)).toContain(output);
});
