import type { ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type { Build, SlotId } from '../ports/stack.ts';

/** A configuration push as it can be undone. */
export interface Push {
  /** What each key was before; undefined when it was not set. */
  readonly before: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Id of the build that it put in place; null when it pinned none. */
  readonly pinned: string | null;
}

/** What the company has put into a slot, and how it came to that. It outlives the slot's deletion. */
export interface Deployment {
  build: Build;
  /** Settings on top of the service's own from the world's file. */
  config: ServiceConfig;
  /** Builds that were there before, oldest first. */
  readonly previous: Build[];
  /** Pushes still in force, oldest first. */
  readonly pushes: Push[];
  /** May take shoppers. False from an environment's creation until its validation. */
  inService: boolean;
  /** Instances launched for other work: they never take traffic. */
  readonly launched: Set<string>;
  /** Serving instances beyond the declared number, by a resize. */
  extra: number;
  /** How often the environment was created anew. */
  creations: number;
}

/** Per slot, what is deployed. */
export interface Deployments {
  find(slot: SlotId): Deployment | undefined;
  /** Starts the slot's book, or takes up the one that it had before its deletion. */
  begin(slot: SlotId, build: Build, inService: boolean): Deployment;
  /** Notes the build that has just replaced another one. */
  placed(slot: SlotId, build: Build): void;
  /** Notes that the slot is back on its previous build. */
  returned(slot: SlotId): void;
}

/** Builds remembered per slot. Older ones cannot be rolled back to. */
const MAX_HISTORY = 50;

export function createDeployments(): Deployments {
  const bySlot = new Map<SlotId, Deployment>();
  return {
    find: slot => bySlot.get(slot),
    begin: (slot, build, inService) => {
      const known = bySlot.get(slot);
      const deployment: Deployment = known ?? {
        build,
        config: {},
        previous: [],
        pushes: [],
        inService,
        launched: new Set(),
        extra: 0,
        creations: 0,
      };
      if (deployment.build.id !== build.id) deployment.previous.push(deployment.build);
      deployment.build = build;
      deployment.inService = inService;
      deployment.launched.clear();
      deployment.extra = 0;
      bySlot.set(slot, deployment);
      return deployment;
    },
    placed: (slot, build) => {
      const deployment = bySlot.get(slot);
      if (deployment === undefined || deployment.build.id === build.id) return;
      deployment.previous.push(deployment.build);
      if (deployment.previous.length > MAX_HISTORY) deployment.previous.shift();
      deployment.build = build;
    },
    returned: slot => {
      const deployment = bySlot.get(slot);
      const build = deployment?.previous.pop();
      if (deployment !== undefined && build !== undefined) deployment.build = build;
    },
  };
}
