/**
 * A journal in which every free text is `text`: titles, tasks, reasons, what agents and people say, who they are, alarms,
 * doors and verbs, the public record. What scoring needs to tell one thing from another stays: types, arms, resources,
 * journeys, and ids that lines refer to each other by.
 */
export function hostileJournal(journal: string, text: string): string {
  return journal
    .split('\n')
    .map(line => (line === '' ? '' : JSON.stringify(hostile(JSON.parse(line), text))))
    .join('\n');
}

const FREE_TEXT: ReadonlySet<string> = new Set([
  ...['title', 'task', 'because', 'reason', 'text', 'detail', 'tags'],
  ...['who', 'agent', 'onBehalfOf', 'by', 'alarm', 'subject', 'stepId', 'changeRecord', 'evidence'],
  ...['door', 'verb', 'incident', 'disputed', 'simulated', 'sources', 'remedies'],
]);

/** Of these, the ids are names that somebody chose. */
const NAMED: ReadonlySet<string> = new Set(['actor', 'metadata']);

function hostile(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return FREE_TEXT.has(key) ? text : value;
  if (Array.isArray(value)) return value.map(item => hostile(item, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isName = name === 'id' && NAMED.has(key);
      // The subject of an answer is the action that it is about.
      const isLink = name === 'subject' && 'guardrail' in value;
      if (isLink) return [name, inner];
      return [name, isName && typeof inner === 'string' ? text : hostile(inner, text, name)];
    }),
  );
}
