/** What can be required of a machine. */
export const AREAS = ['sim', 'local', 'containers', 'browser'] as const;
export type Area = (typeof AREAS)[number];

/** What to type, by system. */
export interface Remedy {
  /** Debian and Ubuntu. */
  readonly debian: string;
  readonly macos: string;
}

/** One thing that was looked at. */
export interface Check {
  /** `engine`, `images`: stable, for machines. */
  readonly id: string;
  /** `Docker engine`. */
  readonly title: string;
  /** `warning`: it works, but not as well as it might. `missing`: what is named in `blocks` does not work. */
  readonly state: 'ok' | 'warning' | 'missing';
  /** What was found, in a few words. */
  readonly found: string;
  /** What does not work without it; empty unless the state is `missing`. */
  readonly blocks: readonly Area[];
  /** What that means for runs. Null when the state is `ok`. */
  readonly consequence: string | null;
  readonly remedy: Remedy | null;
}

export function ok(id: string, title: string, found: string): Check {
  return { id, title, state: 'ok', found, blocks: [], consequence: null, remedy: null };
}

/** What a check that is not `ok` says besides. */
export interface Trouble {
  readonly found: string;
  readonly consequence: string;
  readonly remedy: Remedy | null;
}

export function warning(id: string, title: string, trouble: Trouble): Check {
  return { id, title, state: 'warning', blocks: [], ...trouble };
}

export function missing(id: string, title: string, blocks: readonly Area[], trouble: Trouble): Check {
  return { id, title, state: 'missing', blocks, ...trouble };
}
