import { expect, test } from 'vitest';
import { runToEnd } from '../kernel/virtual-clock.ts';
import type { AgentSpec, Step } from '../scenario/scenario-schema.ts';
import { type RunAgentOptions, runAgent } from './run-agent.ts';
import {
  type Answerer,
  agentContext,
  approvalRequired,
  denied,
  done,
  fakeControlPlane,
} from './testing/fake-control-plane.ts';

const SPEC: AgentSpec = {
  id: 'fixer',
  kind: 'agent',
  aiAssisted: true,
  roles: ['own-role'],
  level: 'junior',
  onBehalfOf: { person: 'engineer-17', session: 'inherited' },
  task: 'Correct the rounding of the monthly total',
  approvalPatience: 0,
};

function step(id: string, over: Partial<Step> = {}): Step {
  return {
    id,
    door: 'console',
    verb: `do.${id}`,
    resource: 'costs/na',
    params: {},
    because: 'it helps',
    expect: 'any',
    evidence: [],
    retry: false,
    whenDenied: [],
    ...over,
  };
}

function play(steps: Step[], answer: Answerer, over: Partial<RunAgentOptions> = {}) {
  const context = agentContext();
  const controlPlane = fakeControlPlane(answer);
  const end = () =>
    runToEnd(context.clock, () =>
      runAgent({ context, controlPlane, spec: SPEC, steps, startMs: 0, mode: 'mistake', ...over }),
    );
  const texts = (phase: string) =>
    context.events.flatMap(event => (event.type === 'agent' && event.phase === phase ? [event.text] : []));
  return { context, controlPlane, end, texts };
}

const verbs = (asked: readonly { verb: string }[]) => asked.map(draft => draft.verb);

test('steps start at their time, in order of time, whatever their order in the list', async () => {
  const times: [string, number][] = [];
  const game = play([step('late', { at: 900 }), step('early', { at: 100 })], draft => {
    times.push([draft.verb, game.context.clock.nowMs()]);
    return done();
  });
  await game.end();
  expect(times).toEqual([
    ['do.early', 100],
    ['do.late', 900],
  ]);
});

test('a step named by after is waited for, also when it failed, and times count from startMs', async () => {
  const times: [string, number][] = [];
  const game = play(
    [step('first', { at: 50 }), step('second', { after: 'first' })],
    async draft => {
      times.push([draft.verb, game.context.clock.nowMs()]);
      await game.context.clock.sleep(1_000);
      return { status: 'failed', reason: 'no luck' };
    },
    { startMs: 500 },
  );
  const end = await game.end();
  expect(times).toEqual([
    ['do.first', 550],
    ['do.second', 1_550],
  ]);
  expect(end.steps.map(({ state }) => state)).toEqual(['failed', 'failed']);
});

test('a step without a time follows the one before it in the list', async () => {
  const game = play([step('one'), step('two'), step('three')], async () => {
    await game.context.clock.sleep(10);
    return done();
  });
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.one', 'do.two', 'do.three']);
  expect(end.endedAtMs).toBe(30);
});

test('a loop of after is refused as a broken invariant instead of waiting for ever', async () => {
  const game = play([step('a', { after: 'b' }), step('b', { after: 'a' })], () => done());
  await expect(game.end()).rejects.toThrow(/does not wait for itself/);
});

test('fallbacks are tried in order, each with fallbacks of its own, until one is carried out', async () => {
  const game = play(
    [
      step('a', {
        whenDenied: [step('b', { whenDenied: [step('c')] }), step('d'), step('e')],
      }),
    ],
    draft => (draft.verb === 'do.d' ? done() : denied()),
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.a', 'do.b', 'do.c', 'do.d']);
  expect(end.steps).toEqual([{ stepId: 'a', state: 'done', decidedBy: 'd', reason: '' }]);
});

test('a fallback marked retry leads back to the denied step, and can grant what it waits for', async () => {
  let granted = false;
  const game = play(
    [
      step('a', {
        whenDenied: [step('grant', { retry: true, as: 'engineer-9', params: { approval: '@a' } }), step('b')],
      }),
    ],
    draft => {
      if (draft.verb === 'do.a') return granted ? done() : approvalRequired('ap-1');
      granted = draft.params.approval === 'ap-1';
      return done();
    },
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.a', 'do.grant', 'do.a']);
  expect(end.steps).toEqual([{ stepId: 'a', state: 'done', decidedBy: 'a', reason: '' }]);
});

test('a retry that is denied again goes on to the next fallback', async () => {
  const game = play([step('a', { whenDenied: [step('r', { retry: true }), step('b')] })], draft =>
    draft.verb === 'do.a' ? denied() : done(),
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.a', 'do.r', 'do.a', 'do.b']);
  expect(end.steps[0]).toMatchObject({ state: 'done', decidedBy: 'b' });
});

test('stop gives up: no further fallback and no further step is asked for', async () => {
  const game = play(
    [step('a', { whenDenied: [{ id: 'enough', stop: true }, step('b')] }), step('z', { after: 'a' })],
    () => denied(),
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.a']);
  expect(end.gaveUp).toBe(true);
  expect(end.steps.map(({ state }) => state)).toEqual(['gave-up', 'not-run']);
});

test('a surprise is journaled both ways', async () => {
  const game = play([step('a', { expect: 'accepted' }), step('b', { expect: 'denied' })], draft =>
    draft.verb === 'do.a' ? denied() : done(),
  );
  await game.end();
  expect(game.texts('surprised')).toEqual([
    'expected do.a to be accepted, but it was denied',
    'expected do.b to be denied, but it was accepted',
  ]);
});

test('patience 0 takes a demand for approval as a refusal', async () => {
  const game = play([step('a', { whenDenied: [step('b')] })], draft =>
    draft.verb === 'do.a' ? approvalRequired('ap-1') : done(),
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.a', 'do.b']);
  expect(end.endedAtMs).toBe(0);
});

test('an approval within patience leads to the very same request again', async () => {
  const game = play([step('a')], (_draft, nth) => (nth === 1 ? approvalRequired('ap-1') : done()), {
    spec: { ...SPEC, approvalPatience: 60_000 },
  });
  game.context.clock.at(20_000, () => game.controlPlane.settle('ap-1', 'granted'));
  const end = await game.end();
  expect(game.controlPlane.asked[1]).toEqual(game.controlPlane.asked[0]);
  expect(end).toMatchObject({ waitedMs: 20_000, approvalsAsked: 1 });
  expect(end.steps[0]?.state).toBe('done');
});

test('an approval that takes longer than patience counts as denied', async () => {
  const game = play([step('a')], () => approvalRequired('ap-1'), {
    spec: { ...SPEC, approvalPatience: 5_000 },
  });
  const end = await game.end();
  expect(end.steps[0]).toMatchObject({ state: 'denied', reason: 'not approved: two pairs of eyes' });
  expect(end.endedAtMs).toBe(5_000);
});

test('approvals that never stand end after a bounded number of requests', async () => {
  const game = play([step('a')], (_draft, nth) => approvalRequired(`ap-${nth}`), {
    spec: { ...SPEC, approvalPatience: 5_000 },
  });
  for (let nth = 1; nth < 50; nth++) game.controlPlane.settle(`ap-${nth}`, 'granted');
  const end = await game.end();
  expect(end.steps[0]?.state).toBe('denied');
  expect(game.controlPlane.asked).toHaveLength(12);
});

test('@step stands for what the step produced, in evidence, change record and params, at any depth', async () => {
  const game = play(
    [
      step('tests'),
      step('record'),
      step('go', {
        evidence: ['@tests', 'made-up', '@nothing'],
        changeRecord: '@record',
        params: { deep: [{ proof: '@tests' }], rollback: '@tests.rolloutId', handle: '@somebody' },
      }),
      step('nothing', { at: 999 }),
    ],
    draft => {
      if (draft.verb === 'do.tests') return done({ artefactId: 'art-1', passed: true, rolloutId: 'ro-4' });
      return draft.verb === 'do.record' ? done({ changeRecordId: 'cr-7' }) : done();
    },
  );
  await game.end();
  expect(game.controlPlane.asked[2]).toMatchObject({
    evidence: ['art-1', 'made-up'],
    changeRecord: 'cr-7',
    params: { deep: [{ proof: 'art-1' }], rollback: 'ro-4', handle: '@somebody' },
  });
});

test('a fallback that was carried out stands for its step in later references', async () => {
  const game = play(
    [step('record', { whenDenied: [step('other')] }), step('go', { changeRecord: '@record' })],
    draft => (draft.verb === 'do.record' ? denied() : done({ changeRecordId: 'cr-2' })),
  );
  await game.end();
  expect(game.controlPlane.asked.at(-1)?.changeRecord).toBe('cr-2');
});

test('a benign agent obtains evidence, a change record and a door, and asks again with them', async () => {
  const game = play(
    [step('ship', { params: { build: 'rounding-fix' } })],
    draft => {
      if (draft.verb === 'evidence.run') return done({ artefactId: 'art-1', passed: true });
      if (draft.verb === 'change-record.open') return done({ changeRecordId: 'cr-1' });
      if (draft.evidence.length === 0) {
        return denied(
          { kind: 'evidence', of: 'unit-tests' },
          { kind: 'change-record', of: 'normal' },
          { kind: 'door', door: 'pipeline' },
        );
      }
      return done();
    },
    { mode: 'benign' },
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual([
    'do.ship',
    'evidence.run',
    'change-record.open',
    'do.ship',
  ]);
  expect(game.controlPlane.asked[1]?.params).toEqual({ kind: 'unit-tests', build: 'rounding-fix' });
  expect(game.controlPlane.asked[3]).toMatchObject({
    door: 'pipeline',
    evidence: ['art-1'],
    changeRecord: 'cr-1',
  });
  expect(game.texts('obtained')).toEqual([
    'unit-tests art-1, which passed',
    'normal change record cr-1',
    'a way in: the pipeline door',
  ]);
  expect(end.steps[0]?.state).toBe('done');
});

test('the same refusal moves an agent that errs to nothing', async () => {
  const game = play([step('ship', { params: { build: 'b' } })], () =>
    denied({ kind: 'change-record', of: 'normal' }),
  );
  await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.ship']);
});

test('a dry run of what places no build is run on the action itself, a plan by its own verb', async () => {
  const dryRunOf = async (verb: string) => {
    const game = play(
      [step('a', { verb, params: { instances: 3 } })],
      draft => {
        if (draft.verb === verb)
          return draft.evidence.length > 0 ? done() : denied({ kind: 'evidence', of: 'dry-run' });
        return done({ artefactId: 'art-1', passed: true });
      },
      { mode: 'benign' },
    );
    await game.end();
    const { verb: asked, params } = game.controlPlane.asked[1] ?? {};
    return { asked, params };
  };
  expect(await dryRunOf('plan.apply')).toEqual({ asked: 'plan.dry-run', params: { instances: 3 } });
  expect(await dryRunOf('database.migrate')).toEqual({
    asked: 'evidence.run',
    params: { kind: 'dry-run', of: { verb: 'database.migrate', params: { instances: 3 } } },
  });
});

test('a step that gives up stops another that is still trying its fallbacks', async () => {
  const game = play(
    [
      step('a', { at: 0, whenDenied: [step('b'), step('c')] }),
      step('x', { at: 0, whenDenied: [{ id: 'enough', stop: true }] }),
    ],
    async draft => {
      await game.context.clock.sleep(draft.verb === 'do.x' ? 15 : 10);
      return denied();
    },
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.a', 'do.x', 'do.b']);
  expect(end.steps.map(({ state }) => state)).toEqual(['gave-up', 'gave-up']);
});

test('a benign agent waits for the end of a freeze', async () => {
  const game = play(
    [step('ship')],
    () => (game.context.clock.nowMs() < 7_000 ? denied({ kind: 'wait', untilMs: 7_000 }) : done()),
    { mode: 'benign' },
  );
  const end = await game.end();
  expect(end).toMatchObject({ endedAtMs: 7_000, waitedMs: 7_000 });
});

test('a benign agent whose tests fail does not ask again', async () => {
  const game = play(
    [step('ship', { params: { build: 'bad' } })],
    draft =>
      draft.verb === 'evidence.run'
        ? done({ artefactId: 'a', passed: false })
        : denied({ kind: 'evidence', of: 'load-run' }),
    { mode: 'benign' },
  );
  const end = await game.end();
  expect(verbs(game.controlPlane.asked)).toEqual(['do.ship', 'evidence.run']);
  expect(end.steps[0]?.state).toBe('denied');
});

test('after a reviewer refused, a benign agent shows more and asks once again', async () => {
  let shown = 0;
  const game = play(
    [step('ship', { params: { build: 'b' } })],
    draft => {
      if (draft.verb === 'evidence.run') return done({ artefactId: 'art-1', passed: true });
      if (draft.verb === 'change-record.open') return done({ changeRecordId: 'cr-1' });
      shown++;
      return shown === 3 ? done() : approvalRequired(`ap-${shown}`);
    },
    { mode: 'benign' },
  );
  game.controlPlane.settle('ap-1', 'refused');
  game.controlPlane.settle('ap-2', 'granted');
  const end = await game.end();
  expect(end.steps[0]?.state).toBe('done');
  expect(game.controlPlane.asked.at(-1)).toMatchObject({ evidence: ['art-1'], changeRecord: 'cr-1' });
});

test('refusals without end are met with a bounded number of requests', async () => {
  const game = play(
    [step('ship', { params: { build: 'b' } })],
    draft => {
      if (draft.verb === 'evidence.run') return done({ artefactId: 'art', passed: true });
      return denied({ kind: 'evidence', of: 'unit-tests' });
    },
    { mode: 'benign' },
  );
  await game.end();
  expect(game.controlPlane.asked.length).toBeLessThanOrEqual(6);
});
