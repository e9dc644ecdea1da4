import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { TableComparison } from '../../gameday/compare-table.ts';
import type { TableEvent } from '../../journal/table-event.ts';
import { brakecheck, type CommandOptions } from '../../testing/command-line.ts';
import { smallProfile, smallScenario } from '../../testing/small-scenario.ts';
import { fileIn, temporaryFolder } from '../../testing/temporary-folder.ts';

const folder = temporaryFolder();
fileIn(folder, 'small.yaml', smallScenario({ minutes: 150 }));
fileIn(folder, 'open.yaml', smallProfile('open', []));

const GUARDED = 'small-deletion.guarded.jsonl';

/** The mistake is noticed on somebody's own screen; the on-call person is paged, and has one thing to repair. */
function tableDay(id: string, table: Record<string, unknown> = {}): string {
  const roles = [
    { id: 'lead', kind: 'facilitator' },
    { id: 'ops', kind: 'participant', plays: ['operator', 'on-call'] },
    { id: 'rev', kind: 'participant', plays: ['reviewer'] },
  ];
  const injects = [
    { id: 'call', at: '5m', to: ['ops'], text: 'A call comes in.', note: 'Who takes it?' },
    { id: 'chat', at: '10m', text: 'A message in the chat.' },
  ];
  return fileIn(
    folder,
    `${id}.yaml`,
    stringify({
      apiVersion: 'brakecheck/v1',
      kind: 'GameDay',
      metadata: { id, title: 'A table of a test' },
      scenarios: ['./small.yaml'],
      profiles: ['./open.yaml'],
      attribution: false,
      table: { roles, injects, ...table },
    }),
  );
}

const play = (id: string, options: CommandOptions, args: readonly string[] = []) =>
  brakecheck(['gameday', tableDay(id), '--out', join(folder, `out-${id}`), ...args], options);

const linesOf = (...path: string[]) =>
  readFileSync(join(folder, ...path), 'utf8')
    .trim()
    .split('\n');

const tableEvents = (id: string) =>
  linesOf(`out-${id}`, 'open', GUARDED)
    .map(line => JSON.parse(line) as TableEvent & { atMs: number })
    .filter(({ type }) => type === 'table');

const compared = (id: string): TableComparison => {
  const text = readFileSync(join(folder, `out-${id}`, 'table.json'), 'utf8');
  const [first] = (JSON.parse(text) as { tables: TableComparison[] }).tables;
  if (first === undefined) throw new Error('nothing was compared');
  return first;
};

test('where every choice is the simulated one, the story is that of simulated people to the byte but for the lines of the table', async () => {
  // A choice typed ahead waits for its decision; then nobody types any more.
  const { code, stderr } = await play('same', { input: '1\nanswer\n' });
  expect(stderr).toContain('nobody types here any more');
  expect(code).toBe(1);
  expect(tableEvents('same').map(({ by, phase }) => `${phase} ${by}`)).toEqual([
    'inject facilitator',
    'decided participant',
    'decided participant',
    'inject facilitator',
    'decided simulation',
    'decided simulation',
  ]);
  const story = (lines: readonly string[]) =>
    lines.filter(line => !line.includes('"type":"table"')).map(line => line.replace(/"seq":\d+,/, ''));
  const played = story(linesOf('out-same', 'open', GUARDED));
  expect(played).toEqual(story(linesOf('out-same', 'table', 'open', GUARDED)));
  expect(compared('same')).toMatchObject({ difference: {} });
});

test('a story of simulated people that was stopped half-way is run again, not compared with', async () => {
  const lines = linesOf('out-same', 'table', 'open', GUARDED);
  const whole = readFileSync(join(folder, 'out-same/table/open', GUARDED), 'utf8');
  const half = lines.slice(0, Math.floor(lines.length / 2));
  const stopped = {
    seq: half.length,
    atMs: 3_600_000,
    type: 'closed',
    status: 'interrupted',
    reason: 'stop-requested',
  };
  const text = [...half, JSON.stringify(stopped)].map(line => `${line}\n`).join('');
  writeFileSync(join(folder, 'out-same/table/open', GUARDED), text);
  const { code } = await play('same', { input: '' });
  expect(code).toBe(1);
  expect(readFileSync(join(folder, 'out-same/table/open', GUARDED), 'utf8')).toBe(whole);
  expect(compared('same')).toMatchObject({ difference: {} });
});

test('what people chose decides, is kept without names, is compared, and is run again from the journal', async () => {
  const script = ['skip chat', 'note they whisper', '1', '2', 'what?', '7', '1', '2', '2', 'simulate all'];
  const { code, stderr } = await play('other', { input: `${script.join('\n')}\n` });
  expect(stderr).toContain('There is no such choice. Type a number from 1 to 2');
  expect(code).toBe(1);
  const decided = tableEvents('other').filter(({ phase }) => phase === 'decided');
  expect(decided.slice(0, 5).map(({ role, chosen, simulated }) => [role, chosen, simulated])).toEqual([
    ['operator', 'report', 'report'],
    ['on-call', 'let-it-ring', 'answer'],
    ['on-call', 'answer', 'answer'],
    ['on-call', 'act-at-once', 'diagnose'],
    ['on-call', 'wait', 'rebuild:cost-explorer/cn-north-1'],
  ]);
  expect(decided.slice(5).every(({ by }) => by === 'simulation')).toBe(true);
  const { notes, injects, simulated, table, difference } = compared('other');
  expect(notes.map(({ text }) => text)).toEqual(['they whisper']);
  expect(injects.map(({ id, told }) => [id, told])).toEqual([
    ['call', true],
    ['chat', false],
  ]);
  const outage = (outcome: typeof table | null) => outcome?.harm.outage ?? 0;
  expect(difference.outage).toBe(outage(table) - outage(simulated));
  expect(difference.outage).not.toBe(0);
  expect(stderr).toContain('visits: ');
  const verified = await brakecheck(['verify', join(folder, 'out-other/open')]);
  expect(verified.stdout).toContain('4 of 4 journals verified');
  const scored = await brakecheck(['score', join(folder, 'out-other/open')]);
  expect(scored.code).toBe(1);
});

test('a participant sees what is meant for their seat and nothing that only the facilitator may know; so does a second terminal', async () => {
  const seen = await play('seats', { input: 'injects\n1\n1\n1\n1\n' }, ['--role', 'participant']);
  expect(seen.stderr).toContain('The pager rings for');
  expect(seen.stderr).toContain('Only a terminal with --role facilitator shows that');
  const before = seen.stderr.slice(0, seen.stderr.indexOf('# At the table'));
  expect(before).not.toMatch(/facilitator\]|of the mistake|Who takes it|would choose|harm so far/);
  const join_ = (role: string) =>
    brakecheck(['gameday', join(folder, 'seats.yaml'), '--join', join(folder, 'out-seats'), '--role', role]);
  const [lead, ops, rev, nobody] = await Promise.all(['lead', 'ops', 'rev', 'ghost'].map(join_));
  expect(lead?.stdout).toMatch(/harm so far: [\s\S]*would choose/);
  expect(lead?.stdout).toContain('Who takes it?');
  expect(ops?.stdout).toContain('A call comes in.');
  expect(ops?.stdout).toContain('The pager rings for');
  expect(ops?.stdout).not.toMatch(/harm so far|of the mistake|would choose|Who takes it/);
  expect(rev?.stdout).toContain('A message in the chat.');
  expect(rev?.stdout).not.toMatch(/A call comes in|The pager rings for .*What do you do/);
  expect(nobody).toMatchObject({ code: 3, stdout: '' });
  expect(nobody?.stderr).toContain('the table has facilitator, participant, lead, ops, rev');
});

test('a table that nobody answers is stopped by a signal, and played again when the day goes on', async () => {
  let isStopped = false;
  const stopped = await play('stopped', {
    keepsInput: true,
    onStderr: (soFar, child) => {
      if (isStopped || !soFar.includes('DECISION')) return;
      isStopped = true;
      child.kill('SIGINT');
    },
  });
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain('the same command goes on where it stopped');
  const again = await play('stopped', { input: '1\n1\n1\n1\n' });
  expect(again.code).toBe(1);
  expect(compared('stopped').decisions.map(({ by }) => by)).toEqual(Array(4).fill('participant'));
});

test('when the time for a decision is over the simulated person decides; a pause stops that time', async () => {
  let hasTyped = false;
  const { code, stderr } = await brakecheck(
    ['gameday', tableDay('slow', { decideWithin: '1s', compare: false }), '--out', join(folder, 'out-slow')],
    {
      keepsInput: true,
      onStderr: (soFar, child) => {
        if (hasTyped || !soFar.includes('The pager rings')) return;
        hasTyped = true;
        child.stdin?.write('pause\n1\ncontinue\n2\n');
      },
    },
  );
  expect(code).toBe(1);
  expect(stderr).toContain('The run is paused; type: continue');
  expect(stderr).toContain('the time for the decision was over');
  const { simulated, decisions } = compared('slow');
  expect(simulated).toBeNull();
  expect(decisions[0]).toMatchObject({ by: 'simulation', chosen: 'report' });
  expect(decisions[1]).toMatchObject({ by: 'participant', chosen: 'let-it-ring' });
});

test('a pause holds the run where nothing is asked, and a choice typed in it is not kept for later', async () => {
  const { stderr } = await play('held', { input: 'pause\n2\nsimulate\ncontinue\n1\n' });
  expect(stderr.match(/The run is paused; type: continue/g)).toHaveLength(2);
  expect(
    compared('held')
      .decisions.map(({ by, chosen }) => `${by} ${chosen}`)
      .slice(0, 2),
  ).toEqual(['participant report', 'simulation answer']);
});
