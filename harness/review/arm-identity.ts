import { z } from 'zod';
import type { Arm, HeaderEvent } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';

/** Who an arm is: the parts of the header that the views show or compare. */
export interface ArmIdentity {
  readonly arm: Arm;
  readonly stack: string;
  readonly seed: string;
  readonly tool: string;
  readonly scenario: { readonly id: string; readonly title: string; readonly digest: string };
  readonly worldDigest: string;
  readonly profile: { readonly id: string; readonly digest: string };
  /** In the order in which they are asked. */
  readonly guardrails: readonly PlannedGuardrail[];
  /** Services with the regions that they run in, in the world's order. */
  readonly services: readonly PlannedService[];
  readonly regions: readonly string[];
  /** Share of journeys that must succeed, 0–1. */
  readonly objective: number;
  /** Until here nothing is done to the world, ms. */
  readonly gateMs: number;
  readonly horizonMs: number;
  readonly routes: readonly { readonly door: string; readonly verb: string }[];
}

export interface PlannedGuardrail {
  readonly id: string;
  readonly use: string;
  /** Empty: not known. */
  readonly doors: readonly string[];
  readonly actors: readonly string[];
  readonly onFailure: string;
}

export interface PlannedService {
  readonly service: string;
  readonly regions: readonly string[];
  /** 1 is the most important; null: not known. */
  readonly tier: number | null;
  /** Services that the plan says it calls; today's plans say nothing of it. */
  readonly dependsOn: readonly string[];
}

const MOST_SERVICES = 40;
const MOST_REGIONS = 12;
const MOST_GUARDRAILS = 64;
const MOST_ROUTES = 500;

const texts = z.array(z.string()).catch([]);

/** What the views read of a plan. Anything missing is taken as not known, since a journal may come from anywhere. */
const shownPlan = z.object({
  scenario: z
    .object({ metadata: z.object({ title: z.string() }) })
    .nullish()
    .catch(null),
  world: z
    .object({
      objective: z.number().min(0).max(1).catch(0.9),
      regions: texts,
      services: z
        .record(
          z.string(),
          z.object({ regions: texts, tier: z.number().nullish().catch(null), dependsOn: texts }),
        )
        .catch({}),
    })
    .catch({ objective: 0.9, regions: [], services: {} }),
  profile: z
    .object({
      guardrails: z
        .array(
          z.object({
            id: z.string(),
            use: z.string().catch(''),
            doors: texts,
            actors: texts,
            onFailure: z.string().catch(''),
          }),
        )
        .catch([]),
    })
    .catch({ guardrails: [] }),
  routes: z.array(z.object({ door: z.string(), verb: z.string() })).catch([]),
  gateMs: z.number().min(0).catch(0),
  horizonMs: z.number().min(0).catch(0),
});

export function identityOf(header: HeaderEvent): ArmIdentity {
  const plan = shownPlan.parse(header.plan ?? {});
  const services = Object.entries(plan.world.services).slice(0, MOST_SERVICES);
  const regions = [...new Set([...plan.world.regions, ...services.flatMap(([, { regions }]) => regions)])];
  return {
    arm: header.arm,
    stack: word(header.stack),
    seed: word(header.seed),
    tool: word(header.tool),
    scenario: {
      id: word(header.scenario.id),
      title: safeText(plan.scenario?.metadata.title ?? header.scenario.id, 200),
      digest: word(header.scenario.digest, 100),
    },
    worldDigest: word(header.world.digest, 100),
    profile: { id: word(header.profile.id), digest: word(header.profile.digest, 100) },
    guardrails: plan.profile.guardrails
      .slice(0, MOST_GUARDRAILS)
      .map(({ id, use, doors, actors, onFailure }) => ({
        id: word(id),
        use: word(use, 200),
        doors: words(doors),
        actors: words(actors),
        onFailure: word(onFailure),
      })),
    services: services.map(([service, { regions: where, tier, dependsOn }]) => ({
      service: word(service),
      regions: words(where),
      tier: tier ?? null,
      dependsOn: words(dependsOn),
    })),
    regions: words(regions),
    objective: plan.world.objective,
    gateMs: plan.gateMs,
    horizonMs: plan.horizonMs,
    routes: plan.routes
      .slice(0, MOST_ROUTES)
      .map(({ door, verb }) => ({ door: word(door), verb: word(verb) })),
  };
}

function word(text: string, most = 64): string {
  return safeText(String(text), most);
}

function words(all: readonly string[]): string[] {
  return all.slice(0, MOST_REGIONS).map(text => word(text));
}
