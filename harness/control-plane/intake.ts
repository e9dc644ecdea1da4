import type { ActionRequest, Footprint, GuardedAction } from '../ports/action.ts';
import type { ActionDraft } from '../ports/control-plane.ts';
import { parseResource } from '../ports/resource.ts';
import { actionHash, planDigest } from './action-hash.ts';
import type { Company } from './company.ts';
import { slotsInScope } from './scope.ts';
import type { BoundVerb, Target, Verb } from './verb.ts';

/** A request that makes sense: its verb, its target and its params are known. */
export interface Intake {
  readonly request: ActionRequest;
  readonly hash: string;
  readonly verb: Verb;
  readonly bound: BoundVerb;
  readonly target: Target;
  readonly footprint: Footprint;
  readonly buildDigest: string | null;
}

/** The request as it is journaled and judged: with an id, with the roles in force, and out of reach of its maker. */
export function toRequest(company: Company, id: string, draft: Omit<ActionDraft, 'stepId'>): ActionRequest {
  const { door, verb, resource, params, actor, task, because, aiAssisted, evidence, changeRecord } =
    structuredClone(draft);
  const inForce = company.credentials.inForce(actor, door);
  return {
    id,
    door,
    verb,
    resource,
    params,
    actor: inForce,
    task,
    because,
    aiAssisted,
    evidence,
    changeRecord,
  };
}

/** Reads a request; a sentence tells why it makes no sense. */
export function readRequest(
  company: Company,
  verbs: ReadonlyMap<string, Verb>,
  request: ActionRequest,
): Intake | string {
  const verb = verbs.get(request.verb);
  if (verb === undefined) return `there is no verb ${request.verb}`;
  const resource = parseResource(request.resource);
  if (resource === null) return `${request.resource} is no resource`;
  const { world } = company.context;
  const slots = slotsInScope(world, company.stack.slots(), resource);
  if (slots.length === 0) return `nothing is called ${request.resource}`;
  const bound = verb.bind(request.params);
  if ('problem' in bound) return bound.problem;
  const { door, actor, params: rawParams } = request;
  const target: Target = { verb: verb.name, door, actor, resource, slots, rawParams };
  const buildId = bound.buildOf(target, company);
  if (buildId !== null && !company.builds.has(buildId)) return `there is no build ${buildId}`;
  return {
    request,
    hash: actionHash(request),
    verb,
    bound,
    target,
    footprint: bound.footprint(target, company),
    buildDigest: buildId === null ? null : (company.builds.get(buildId)?.digest ?? null),
  };
}

/** The action as guardrails see it, with what the company knows of it at this moment. */
export function toGuardedAction(company: Company, intake: Intake): GuardedAction {
  const { request, hash, target, footprint, buildDigest } = intake;
  const subjects = [hash, buildDigest, planDigest(request.verb, request.resource, request.params)];
  return {
    ...request,
    hash,
    atMs: company.context.clock.nowMs(),
    environment: target.resource.environment,
    ...ownership(company, target),
    footprint,
    buildDigest,
    facts: {
      evidence: company.evidence.resolve(
        request.evidence,
        new Set(subjects.filter(digest => digest !== null)),
      ),
      changeRecord: company.changeRecords.find(request.changeRecord),
      approvals: company.approvals.validFor(hash),
    },
  };
}

/** What the services in scope are to the company: of several, the strictest tier and all tags. */
function ownership(company: Company, { slots }: Target): Pick<GuardedAction, 'tier' | 'owner' | 'tags'> {
  const names = [...new Set(slots.map(({ service }) => service))];
  const services = names
    .map(name => company.context.world.services[name])
    .filter(service => service !== undefined);
  const owners = [...new Set(services.map(({ owner }) => owner))];
  const tiers = services.map(({ tier }) => tier);
  return {
    tier: tiers.includes(1) ? 1 : tiers.includes(2) ? 2 : 3,
    owner: owners.length === 1 ? (owners[0] ?? '') : 'several',
    tags: [...new Set(services.flatMap(({ tags }) => tags))],
  };
}
