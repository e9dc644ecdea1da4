import { Hono } from 'hono';
import { z } from 'zod';
import { DOORS } from '../../ports/action.ts';
import type { ActionDraft, ControlPlane } from '../../ports/control-plane.ts';

const text = z.string().max(4_000);
const draftShape = z.strictObject({
  door: z.enum(DOORS),
  verb: text,
  resource: text,
  params: z.record(z.string(), z.unknown()),
  actor: z.strictObject({
    id: text,
    kind: z.enum(['agent', 'person', 'automation', 'guardrail']),
    level: z.enum(['junior', 'mid', 'senior']),
    roles: z.array(text).readonly(),
    onBehalfOf: text.nullable(),
    session: z.enum(['own', 'inherited', 'borrowed', 'break-glass']),
  }),
  task: text,
  because: text,
  aiAssisted: z.boolean(),
  evidence: z.array(text).readonly(),
  changeRecord: text.nullable(),
  stepId: text.nullable(),
});

/** What an agent may do and look up by HTTP. */
export type PlaneForAgents = Pick<ControlPlane, 'request' | 'approvalSettled' | 'slots' | 'backups'>;

/**
 * The control plane as an HTTP app, all that an agent's network reaches. `POST /actions` with a draft answers the outcome
 * (200, also for a refusal: it is an answer), as late as the effect takes. `GET /approvals/:id` answers
 * `{ settled }` once it is. `GET /environments` and `GET /backups` are what anybody may look up. 400 tells what of a draft
 * does not fit.
 */
export function controlPlaneApp(plane: PlaneForAgents): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.post('/actions', async c => {
    const body: unknown = await c.req.json().catch(() => null);
    const draft = draftShape.safeParse(body);
    if (!draft.success) return c.json({ error: z.prettifyError(draft.error) }, 400);
    return c.json(await plane.request(draft.data satisfies ActionDraft));
  });
  app.get('/approvals/:id', async c => c.json({ settled: await plane.approvalSettled(c.req.param('id')) }));
  app.get('/environments', c => c.json({ environments: plane.slots() }));
  app.get('/backups', c => c.json({ backups: plane.backups() }));
  app.notFound(c => c.json({ error: 'there is no such page' }, 404));
  return async request => app.fetch(request);
}
