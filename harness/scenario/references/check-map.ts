// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of maps look like that.
import type { LoadedFile } from '../load-file.ts';
import { isMapPath, MAP_PATHS, parseTemplate } from '../map-template.ts';
import { printable } from '../printable.ts';
import type { FilePath } from '../problem.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** Every placeholder names something that an action has, every table is there, and every verb exists. */
export function checkMap(
  report: Reporter,
  map: LoadedFile<'Map'>,
  references: Pick<References, 'verbs'>,
): void {
  const names = [...references.verbs.keys()];
  const groups = new Set(names.map(name => `${name.split('.')[0]}.*`));
  for (const verb of Object.keys(map.value.verbs)) {
    if (verb !== '*')
      report.keyName(['verbs', verb], { noun: 'verb', word: verb, legal: [...names, ...groups] });
  }
  const tables = Object.keys(map.value.tables);
  for (const part of ['subject', 'action', 'resource', 'context', 'verbs'] as const) {
    visit(map.value[part], [part], (text, path) => checkTemplate(report, path, { text, tables }));
  }
}

function checkTemplate(
  report: Reporter,
  path: FilePath,
  { text, tables }: { readonly text: string; readonly tables: readonly string[] },
): void {
  const parts = parseTemplate(text);
  if (parts === null) {
    report.value(path, {
      code: 'wrong-value',
      task: 'read the placeholders of this text',
      found: printable(text, 100),
      expected: 'text whose placeholders read ${name} or ${name | table}',
    });
    return;
  }
  for (const part of parts) {
    if (part.kind === 'text') continue;
    if (!isMapPath(part.path)) {
      report.name(path, {
        noun: 'value',
        word: part.path,
        legal: MAP_PATHS,
        hint: 'params.<name> is legal besides: a parameter of the verb',
      });
    }
    for (const table of part.tables) report.name(path, { noun: 'table', word: table, legal: tables });
  }
}

function visit(value: unknown, path: FilePath, onText: (text: string, path: FilePath) => void): void {
  if (typeof value === 'string') onText(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    visit(inner, [...path, Array.isArray(value) ? Number(key) : key], onText);
  }
}
