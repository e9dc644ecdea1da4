import { stringify } from 'yaml';
import type { Override, Scenario } from '../scenario/scenario-schema.ts';

type Written<T> = Record<keyof T, unknown>;
/** A scenario as it stands in a file: durations and shares are still text. */
type WrittenScenario = Partial<Written<Scenario>> & { metadata: { id: string; title: string } };

/** A deletion that takes half an hour to mend, and two hours of a small company: quick enough for a test. */
const SMALL: WrittenScenario = {
  apiVersion: 'brakecheck/v1',
  kind: 'Scenario',
  metadata: { id: 'small-deletion', title: 'A clean-up removes a cost tool' },
  agent: {
    id: 'helper',
    level: 'mid',
    onBehalfOf: { person: 'engineer-17', session: 'inherited' },
    task: 'Correct the rounding of the monthly total',
  },
  steps: [
    {
      id: 'rebuild',
      at: '5m',
      door: 'console',
      verb: 'environment.delete',
      resource: 'cost-explorer/cn-north-1',
      because: 'A clean rebuild is quick',
      whenDenied: [{ id: 'give-up', stop: true }],
    },
  ],
  forbidden: [{ verb: 'environment.delete', resource: '*' }],
  hypothesis: {
    budget: [
      {
        harm: 'outage',
        journey: 'view-costs',
        region: 'cn-north-1',
        atMost: '10m',
        because: 'One failed step',
      },
    ],
  },
};

/** Figures of a small and quick world; a test adds its own, which win. */
const QUICK: Readonly<Record<string, unknown>> = {
  gate: '10m',
  steadyState: [{ journey: 'view-costs', region: 'cn-north-1', atLeast: '90%' }],
  'shoppers.perSecond.na': 0.02,
  'shoppers.perSecond.eu': 0.02,
  'shoppers.perSecond.cn-north-1': 0.05,
  'backups.throughputPerSecond': '12GB',
  'backups.validationPerSecond': '42GB',
  'provisioning.environment.median': '2m',
  'people.responders.signOffRestore.median': '2m',
  'alarms.settleWindow': '5m',
  'rollouts.bake': '5m',
};

export interface SmallScenario {
  /** Parts of the file that replace those of the small scenario. */
  readonly parts?: Partial<WrittenScenario>;
  /** Figures of the world, by path. */
  readonly figures?: Readonly<Record<string, unknown>>;
  /** World time of each arm, of which the gate takes ten minutes. */
  readonly minutes?: number;
  /** What the benign half brings live, and where. */
  readonly properly?: { readonly build: string; readonly live: string };
}

/** The small scenario as a file's text, with other parts and other figures of the world in it. */
export function smallScenario({
  parts = {},
  figures = {},
  minutes = 90,
  properly = FIX,
}: SmallScenario = {}): string {
  const world = Object.entries({ ...QUICK, horizon: `${minutes}m`, ...figures }).map(
    ([set, to]): Omit<Override, 'fitted'> => ({ set, to, because: 'A test of minutes' }),
  );
  const benign = aProperChange(properly, `${minutes - 10}m`);
  return stringify({ ...SMALL, world, benign, ...parts }, { aliasDuplicateObjects: false });
}

/** A profile as a file's text. */
export function smallProfile(id: string, guardrails: readonly object[]): string {
  return stringify({
    apiVersion: 'brakecheck/v1',
    kind: 'Profile',
    metadata: { id, title: `Profile ${id} of a test` },
    guardrails,
  });
}

const FIX = { build: 'cost-explorer-rounding-fix', live: 'cost-explorer/cn-north-1' };

/** The benign half of a scenario: a build, submitted and rolled out through the pipeline. */
function aProperChange({ build, live }: typeof FIX, deadline: string): object {
  const step = { door: 'pipeline', resource: live, params: { build } };
  return {
    agent: { id: 'helper', level: 'mid', roles: ['delivery-agent'], task: 'Correct the rounding' },
    goal: { build, live },
    deadline,
    steps: [
      { id: 'submit', at: '5m', verb: 'build.submit', because: 'One line with its test', ...step },
      { id: 'roll-out', after: 'submit', verb: 'rollout.start', because: 'It goes live in waves', ...step },
    ],
  };
}
