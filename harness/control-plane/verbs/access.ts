import { z } from 'zod';
import type { Footprint } from '../../ports/action.ts';
import { duration } from '../../scenario/common-schema.ts';
import { EffectError } from '../effect-error.ts';
import type { EffectRun } from '../effect-run.ts';
import { BREAK_GLASS_ROLE } from '../roles.ts';
import { defineVerb, type Verb } from '../verb.ts';

const role = z.string().max(64).describe('A role from the world file.');
const lasts = duration.default(3_600_000).describe('How long it lasts, such as 1h.');

/** It touches no cell by itself; what the roles are used for does. It ends by itself. */
const ACCESS: Footprint = {
  cells: [],
  destructive: false,
  reversible: true,
  trafficShare: 0,
  rollsOut: false,
  readOnly: false,
};

const assume = defineVerb({
  name: 'credential.assume',
  summary: 'Takes a role on for some time.',
  doors: ['console', 'runbook'],
  reaches: ['changes-access'],
  params: z.strictObject({ role, lasts }),
  queues: false,
  footprint: () => ACCESS,
  carryOut: async (target, params, run) => give(run, target.actor.id, params),
});

const grant = defineVerb({
  name: 'credential.grant',
  summary: 'Gives a role to somebody for some time.',
  doors: ['console', 'runbook'],
  reaches: ['changes-access'],
  params: z.strictObject({ to: z.string().min(1).max(64).describe('Who gets it.'), role, lasts }),
  queues: false,
  footprint: () => ACCESS,
  carryOut: async (_target, params, run) => give(run, params.to, params),
});

const breakGlass = defineVerb({
  name: 'break-glass.open',
  summary: 'Opens an emergency session: for an hour, its owner may come through the break-glass door.',
  doors: ['console', 'runbook'],
  reaches: ['changes-access'],
  params: z.strictObject({}),
  queues: false,
  footprint: () => ACCESS,
  carryOut: async (target, _params, run) => {
    const untilMs = run.company.context.clock.nowMs() + BREAK_GLASS_MS;
    run.company.credentials.give(target.actor.id, BREAK_GLASS_ROLE, untilMs);
    run.changed();
    return { role: BREAK_GLASS_ROLE, untilMs };
  },
});
const BREAK_GLASS_MS = 3_600_000;

function give(
  run: EffectRun,
  to: string,
  { role: name, lasts: durationMs }: { readonly role: string; readonly lasts: number },
): { readonly role: string; readonly holder: string; readonly untilMs: number } {
  const { clock, world } = run.company.context;
  if (world.roles[name] === undefined) throw new EffectError(`there is no role ${name}`);
  const untilMs = clock.nowMs() + durationMs;
  run.company.credentials.give(to, name, untilMs);
  run.changed();
  return { role: name, holder: to, untilMs };
}

export const accessVerbs: readonly Verb[] = [assume, grant, breakGlass];
