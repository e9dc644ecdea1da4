import { expect, test } from 'vitest';
import type { ActionDraft } from '../../ports/control-plane.ts';
import { controlPlaneApp, type PlaneForAgents } from './control-plane-app.ts';

const DRAFT: ActionDraft = {
  door: 'console',
  verb: 'environment.delete',
  resource: 'pricing/na',
  params: { force: true },
  actor: {
    id: 'agent-1',
    kind: 'agent',
    level: 'mid',
    roles: ['operator'],
    onBehalfOf: 'engineer-4',
    session: 'inherited',
  },
  task: 'tidy up',
  because: 'nobody uses it',
  aiAssisted: true,
  evidence: ['evidence-1'],
  changeRecord: null,
  stepId: 'first',
};

const denied = { status: 'denied', by: ['two-person-rule'], reason: 'not alone', remedies: [] } as const;

test('a request arrives whole, and a refusal is an answer', async () => {
  const seen: ActionDraft[] = [];
  const app = controlPlaneApp(
    plane(async draft => {
      seen.push(draft);
      return denied;
    }),
  );
  const answer = await app(post(DRAFT));
  expect([answer.status, await answer.json()]).toEqual([200, denied]);
  expect(seen).toEqual([DRAFT]);
});

test('what is no request is told what of it does not fit, and nothing is asked', async () => {
  const app = controlPlaneApp(plane(() => Promise.reject(new Error('it was asked'))));
  for (const [body, told] of [
    [{ ...DRAFT, door: 'window' }, 'door'],
    [{ ...DRAFT, id: 'action-1' }, 'id'],
    ['{', 'expected object'],
  ] as const) {
    const answer = await app(post(body));
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(told)]);
  }
});

test('what anybody may look up is there, and nothing else', async () => {
  const app = controlPlaneApp(plane(async () => denied));
  const get = (path: string) => app(new Request(`http://control-plane${path}`));
  expect(await (await get('/environments')).json()).toEqual({ environments: [] });
  expect(await (await get('/approvals/approval-1')).json()).toEqual({ settled: 'granted' });
  expect((await get('/journal')).status).toBe(404);
});

function plane(request: PlaneForAgents['request']): PlaneForAgents {
  return { request, approvalSettled: async () => 'granted', slots: () => [], backups: () => [] };
}

function post(body: unknown): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Request('http://control-plane/actions', { method: 'POST', body: text });
}
