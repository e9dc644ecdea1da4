import { type FlatStep, isStop } from '../flatten-steps.ts';
import type { FilePath } from '../problem.ts';
import { isReference } from './check-action.ts';
import type { Reporter } from './reporter.ts';

/** `@step` in evidence, change record and params names a step that stands above, or the denied one that it is a fallback of. */
export function checkStepReferences(report: Reporter, flat: readonly FlatStep[]): void {
  const ids = new Set(flat.filter(entry => !isStop(entry.step)).map(entry => entry.step.id));
  const above: string[] = [];
  for (const { step, path } of flat) {
    if (isStop(step)) continue;
    for (const key of ['evidence', 'changeRecord', 'params'] as const) {
      for (const found of referencesIn(step[key], [...path, key])) {
        const word = (found.text.slice(1).split('.')[0] as string) ?? '';
        if (above.includes(word)) continue;
        const isBelow = ids.has(word);
        report.name(found.path, {
          noun: 'step above',
          word,
          legal: above,
          hint: isBelow
            ? `"${word}" has produced nothing by then: it does not stand above this step`
            : '@ refers to what a step above produced',
        });
      }
    }
    above.push(step.id);
  }
}

interface Found {
  readonly text: string;
  readonly path: FilePath;
}

function referencesIn(value: unknown, path: FilePath): readonly Found[] {
  if (isReference(value)) return [{ text: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    referencesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
