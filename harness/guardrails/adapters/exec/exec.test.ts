import { expect, test } from 'vitest';
import { aGrant, anAction } from '../../testing/an-action.ts';
import { askAdapter } from '../testing/ask-adapter.ts';

/** Runs a hook that is this program, and asks it about an action. Fails closed by the profile, so that open is the hook's own doing. */
function hook(
  program: string,
  options: object = {},
  changes: Parameters<typeof anAction>[0] = {},
  timeLimitMs = 20_000,
) {
  const given = { command: ['node', '-e', program], ...options };
  return askAdapter('exec', given, { action: anAction(changes), onFailure: 'closed', timeLimitMs });
}

/** A hook that prints this and ends with exit code 0. */
function saying(output: object, options: object = {}, changes: Parameters<typeof anAction>[0] = {}) {
  return hook(`console.log(${JSON.stringify(JSON.stringify(output))})`, options, changes);
}

function ruling(permissionDecision: string, more: object = {}) {
  return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, ...more } };
}

test('it reads the tool call on its standard input, in the shape of hooks before tools', async () => {
  const asked = await hook(
    `process.stdin.on('data', text => { process.stderr.write(text); process.exitCode = 2; })`,
  );
  expect(JSON.parse(asked.answer.reason)).toEqual({
    session_id: 'session-of-agent-1',
    transcript_path: '/dev/null',
    cwd: '.',
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: 'mcp__control-plane__config_push',
    tool_input: {
      door: 'configuration',
      resource: 'pricing/na',
      params: { set: { banner: 'spring' } },
      because: 'It is spring',
    },
    tool_use_id: 'action-1',
  });
  expect(asked.exchange?.request).toEqual(JSON.parse(asked.answer.reason));
});

test('exit code 2 blocks, and standard error says why', async () => {
  expect((await hook('console.error("not on a Friday"); process.exitCode = 2')).answer).toEqual({
    effect: 'deny',
    reason: 'not on a Friday',
    remedies: [],
  });
  const silent = await hook('process.exitCode = 2');
  expect(silent.answer).toMatchObject({ effect: 'deny', reason: expect.stringContaining('gave no reason') });
});

test.each([
  ['exit code 1', 'console.error("stack"); process.exitCode = 1', 'failed'],
  ['exit code 127', 'process.exitCode = 127', 'failed'],
  ['a crash', 'throw new Error("bug")', 'failed'],
  ['a signal', 'process.kill(process.pid, "SIGKILL")', 'failed'],
])('%s is an error that lets the action through, as the agent does', async (_how, program, fault) => {
  const asked = await hook(program);
  expect(asked).toMatchObject({ decision: 'allowed', countedAs: 'allow' });
  expect(asked.answer).toMatchObject({ effect: 'error', fault });
  expect(asked.answer.reason).toContain(
    'the agent goes on when its hook fails, so the action was let through',
  );
  const strict = await hook(program, { failure: 'block' });
  expect(strict).toMatchObject({ decision: 'denied', countedAs: 'deny', answer: { effect: 'error' } });
});

test('a hook that cannot start, hangs or floods its output lets the action through too', async () => {
  const absent = await askAdapter('exec', { command: ['./no-such-hook'] }, { action: anAction() });
  expect(absent).toMatchObject({ decision: 'allowed', answer: { effect: 'error', fault: 'unreachable' } });
  const slow = await hook('setInterval(() => {}, 1000)', {}, {}, 400);
  expect(slow).toMatchObject({ decision: 'allowed', answer: { effect: 'error', fault: 'timed-out' } });
  const flood = await hook('const more = () => process.stdout.write("x".repeat(65536), more); more()');
  expect(flood).toMatchObject({ decision: 'allowed', answer: { effect: 'error' } });
});

test.each([
  '',
  'console.log("checked, nothing to say")',
  'console.log("{}")',
  'console.log(JSON.stringify({ continue: true }))',
])('exit code 0 without a decision is no objection: %s', async program => {
  expect((await hook(program)).answer).toEqual({
    effect: 'allow',
    reason: 'the hook had no objection (exit code 0, no decision)',
  });
});

test.each([
  ['{ "hookSpecificOutput": '],
  ['{ "hookSpecificOutput": { "permissionDecision": "deny" } }'],
  ['{ "hookSpecificOutput": { "hookEventName": "PostToolUse", "permissionDecision": "deny" } }'],
  ['{ "hookSpecificOutput": { "hookEventName": "PreToolUse", "permissionDecision": "forbid" } }'],
])(
  'output that the agent cannot read decides nothing, even a denial, and is told as an error: %s',
  async output => {
    const asked = await hook(`console.log(${JSON.stringify(output)})`, { failure: 'block' });
    expect(asked).toMatchObject({ decision: 'allowed', answer: { effect: 'error', fault: 'nonsense' } });
  },
);

test('allow, deny, ask and defer each mean something of their own', async () => {
  expect((await saying(ruling('allow', { permissionDecisionReason: 'harmless' }))).answer).toEqual({
    effect: 'allow',
    reason: 'harmless',
  });
  expect((await saying(ruling('deny', { permissionDecisionReason: 'no' }))).answer).toMatchObject({
    effect: 'deny',
    reason: 'no',
  });
  const asking = await saying(ruling('ask'));
  expect(asking.demand).toEqual({ count: 1, level: 'junior', expiresAfterMs: 28_800_000 });
  const granted = await saying(ruling('ask'), {}, { facts: { approvals: [aGrant('person-9')] } });
  expect(granted.answer.effect).toBe('allow');
  const deferred = await saying(ruling('defer'));
  expect(deferred).toMatchObject({ decision: 'denied', answer: { effect: 'undefined' } });
  expect(deferred.answer.reason).toContain('deferred');
});

test('the older form and a stop of the agent are understood', async () => {
  expect((await saying({ decision: 'block', reason: 'old' })).answer).toMatchObject({
    effect: 'deny',
    reason: 'old',
  });
  expect((await saying({ decision: 'approve' })).answer.effect).toBe('allow');
  expect((await saying({ continue: false, stopReason: 'enough' })).answer).toMatchObject({
    effect: 'deny',
    reason: 'enough',
  });
});

test('updatedInput narrows what can be narrowed; another action is an error by the profile', async () => {
  const sent = {
    door: 'configuration',
    resource: 'pricing/na',
    params: { set: { banner: 'spring' } },
    because: 'It is spring',
  };
  const narrowed = await saying(
    ruling('allow', { updatedInput: { ...sent, waves: [0.1, 1], bakeMs: 60_000 } }),
  );
  expect(narrowed.answer).toMatchObject({
    effect: 'narrow',
    constraints: { waves: [0.1, 1], bakeMs: 60_000 },
  });
  expect((await saying(ruling('allow', { updatedInput: sent }))).answer.effect).toBe('allow');
  const other = await saying(ruling('allow', { updatedInput: { ...sent, resource: 'pricing/eu' } }));
  expect(other).toMatchObject({ decision: 'denied', answer: { effect: 'error', fault: 'nonsense' } });
  const odd = await saying(ruling('allow', { updatedInput: { ...sent, waves: [0.1] } }));
  expect(odd.answer).toMatchObject({ effect: 'error', fault: 'nonsense' });
});

test('terminal escapes in a reason are taken out', async () => {
  const asked = await hook('console.error("\\u001b[2Jgone\\u202e"); process.exitCode = 2');
  expect(asked.answer.reason).toBe('[2Jgone');
});

test('it gets the environment of its options, and secrets that are asked for by name', async () => {
  const program = 'console.error(Object.keys(process.env).sort().join()); process.exitCode = 2';
  const asked = await hook(program, { env: { TEAM: 'shop' } });
  expect(asked.answer.reason.split(',').filter(name => !/^(PATH|__CF.*)$/.test(name))).toEqual(['TEAM']);
  const missing = await hook(program, { secrets: ['NO_SUCH_SECRET_OF_THE_TEST'] });
  expect(missing.answer).toMatchObject({ effect: 'error', fault: 'not-loaded' });
});

test('the example: its map makes command lines of actions, and the hook reads them unchanged', async () => {
  const options = { command: ['node', './hook/guard.mjs'], map: './hook/map.yaml' };
  const ask = (verb: string, params = {}) =>
    askAdapter('exec', options, { action: anAction({ door: 'console', verb, params }), timeLimitMs: 20_000 });
  const deletion = await ask('environment.delete');
  expect(deletion.exchange?.request).toMatchObject({
    tool_name: 'Bash',
    tool_input: { command: 'terraform destroy -auto-approve -target=pricing/na' },
  });
  expect(deletion.answer.effect).toBe('deny');
  expect((await ask('plan.apply')).answer.effect).toBe('require-approval');
  expect((await ask('rollout.start')).answer.effect).toBe('allow');
});
