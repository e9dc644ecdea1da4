import type { AnyService } from '../../../fixtures/retail/kit/service.ts';
import type { Build } from '../../ports/stack.ts';
import type { DatabaseCopy } from '../sqlite/memory-database.ts';

/** Databases as migrations and first data leave them, so that the next arm in this process need not fill its own. */
export interface SeedCache {
  migrated(build: Build): DatabaseCopy | undefined;
  keepMigrated(build: Build, copy: DatabaseCopy): void;
  seeded(build: Build, region: string): DatabaseCopy | undefined;
  keepSeeded(build: Build, region: string, copy: DatabaseCopy): void;
}

interface Known {
  migrated: DatabaseCopy | undefined;
  readonly seeded: Map<string, DatabaseCopy>;
}

/** Keyed by the code that fills, not by its name: a digest covers one file, and what that imports may differ. */
export function createSeedCache(): SeedCache {
  const known = new WeakMap<AnyService, Known>();
  const of = ({ definition }: Build): Known => {
    let entry = known.get(definition);
    if (entry === undefined) {
      entry = { migrated: undefined, seeded: new Map() };
      known.set(definition, entry);
    }
    return entry;
  };
  return {
    migrated: build => of(build).migrated,
    keepMigrated: (build, copy) => {
      of(build).migrated = copy;
    },
    seeded: (build, region) => of(build).seeded.get(region),
    keepSeeded: (build, region, copy) => {
      of(build).seeded.set(region, copy);
    },
  };
}
