// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of maps look like that.
/** A part of a template: literal text, or a value of the action, looked up in the map's tables on its way. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly path: string; readonly tables: readonly string[] };

/**
 * What a template may name, written `${path}` or `${path | table}`. `params.<name>` is legal besides: what it holds depends
 * on the verb. Paths of `passedEvidence` and `approvers` are lists of words, since policies count and compare words.
 */
export const MAP_PATHS = [
  'action.id',
  'action.door',
  'action.verb',
  'action.params',
  'action.task',
  'action.because',
  'action.aiAssisted',
  'action.hash',
  'action.atMs',
  'action.buildDigest',
  'actor.id',
  'actor.kind',
  'actor.level',
  'actor.roles',
  'actor.onBehalfOf',
  'actor.session',
  'resource.text',
  'resource.environment',
  'resource.service',
  'resource.region',
  'resource.tier',
  'resource.owner',
  'resource.tags',
  'footprint.cells',
  'footprint.destructive',
  'footprint.reversible',
  'footprint.trafficShare',
  'footprint.trafficPercent',
  'footprint.rollsOut',
  'footprint.readOnly',
  'evidence',
  'passedEvidence',
  'changeRecord',
  'changeRecord.id',
  'changeRecord.kind',
  'changeRecord.openedBy',
  'approvals',
  'approvals.count',
  'approvers',
  'seniorApprovals.count',
] as const;

const PLACEHOLDER = /\$\{([^{}]*)\}/g;
const INSIDE = /^\s*([A-Za-z][\w.-]*)((?:\s*\|\s*[a-z][a-z0-9-]*)*)\s*$/;

/** Reads a template's text. A placeholder that cannot be read is null, so that a slip never goes out as text. */
export function parseTemplate(text: string): readonly TemplatePart[] | null {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const inside = INSIDE.exec(match[1] ?? '');
    if (inside === null) return null;
    const tables = (inside[2] ?? '').split('|').map(word => word.trim());
    parts.push({ kind: 'value', path: inside[1] ?? '', tables: tables.filter(word => word !== '') });
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  if (rest.includes('${')) return null;
  return rest === '' ? parts : [...parts, { kind: 'text', text: rest }];
}

export function isMapPath(path: string): boolean {
  return (MAP_PATHS as readonly string[]).includes(path) || /^params\.[\w-]+(\.[\w-]+)*$/.test(path);
}
