/** A service in a region, written `pricing/na`: the unit of blast-radius breadth. Always the production environment. */
export type CellId = string;

/** What an action is aimed at. Written `pricing/na`, `staging:pricing/na`, `pricing/*` (every region) or `*`. */
export interface Resource {
  readonly text: string;
  /** `production` unless the text names another one. */
  readonly environment: string;
  /** A service, or `*`. */
  readonly service: string;
  /** A region, or `*`. */
  readonly region: string;
}

const SHAPE = /^(?:([a-z][a-z0-9-]*):)?([a-z][a-z0-9-]*|\*)(?:\/([a-z][a-z0-9-]*|\*))?$/;

/** Reads a resource; null when the text is none. */
export function parseResource(text: string): Resource | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  return {
    text,
    environment: match[1] ?? 'production',
    service: match[2] as string,
    region: match[3] ?? '*',
  };
}

export function cellOf(service: string, region: string): CellId {
  return `${service}/${region}`;
}

/** True when `pattern` (with `*`) covers `resource`. A pattern without an environment speaks of production. */
export function covers(pattern: string, resource: string): boolean {
  const wide = parseResource(pattern);
  const narrow = parseResource(resource);
  if (wide === null || narrow === null) return false;
  return (
    wide.environment === narrow.environment &&
    (wide.service === '*' || wide.service === narrow.service) &&
    (wide.region === '*' || wide.region === narrow.region)
  );
}
