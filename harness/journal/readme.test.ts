import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const README = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
const TYPES = ['./events.ts', './table-event.ts']
  .map(file => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n');

/** Interfaces of the union with their fields, from the types' own text. */
function events(): { type: string; fields: string[] }[] {
  return TYPES.split(/^export interface /m).flatMap(text => {
    const body = text.slice(0, text.search(/^}/m));
    const type = /^ {2}readonly type: '([a-z-]+)';/m.exec(body)?.[1];
    const fields = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(match => match[1] ?? '');
    return type === undefined ? [] : [{ type, fields: fields.filter(field => field !== 'type') }];
  });
}

test('every type of the union is documented, and no other', () => {
  const union = /export type JournalEvent =([^;]+);/.exec(TYPES)?.[1]?.match(/\w+Event/g) ?? [];
  const documented = [...README.matchAll(/^### `([a-z-]+)`$/gm)].map(match => match[1]);
  expect(events()).toHaveLength(union.length);
  expect(documented.toSorted()).toEqual(
    events()
      .map(({ type }) => type)
      .toSorted(),
  );
});

test.each(events().map(({ type, fields }) => [type, fields] as const))(
  'all fields of %s are documented',
  (type, fields) => {
    const section = README.split(/^### /m).find(text => text.startsWith(`\`${type}\``)) ?? '';
    expect(fields.filter(field => !section.includes(`\`${field}\``))).toEqual([]);
  },
);

test('the version on the page is the version of the code', () => {
  expect(README).toContain(`\`${/JOURNAL_SCHEMA = '([^']+)'/.exec(TYPES)?.[1]}\``);
});
