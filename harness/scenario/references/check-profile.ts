import { nearestWord } from '../../kernel/nearest.ts';
import { explainIssues } from '../explain-issues.ts';
import { isModulePath, modulePath, planEntryId } from '../guardrail-module.ts';
import type { LoadedFile } from '../load-file.ts';
import { printable } from '../printable.ts';
import type { FilePath, Finding } from '../problem.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** Guardrails exist, their options fit, and each has a name of its own. Modules must be there; they are not loaded. */
export function checkProfile(
  report: Reporter,
  profile: LoadedFile<'Profile'>,
  references: Pick<References, 'guardrails' | 'fileExists' | 'mapProblems'>,
): void {
  const ids: string[] = [];
  for (const [index, entry] of profile.value.guardrails.entries()) {
    const path = ['guardrails', index];
    const id = planEntryId(entry);
    if (ids.includes(id)) report.value([...path, entry.id === undefined ? 'use' : 'id'], repeated(id));
    ids.push(id);
    if (isModulePath(entry.use)) {
      const finding = moduleFinding(profile.file, entry.use, references.fileExists);
      if (finding !== null) report.value([...path, 'use'], finding);
      continue;
    }
    const guardrail = references.guardrails.get(entry.use);
    if (guardrail === undefined) {
      report.value([...path, 'use'], unknown(entry.use, [...references.guardrails.keys()]));
      continue;
    }
    const parsed = guardrail.options.safeParse(entry.options);
    if (parsed.success) {
      const missing = (guardrail.files?.(parsed.data) ?? []).filter(
        named => !references.fileExists(modulePath(profile.file, named)),
      );
      for (const named of missing)
        report.value([...path, 'options', ...pathOf(entry.options, named)], absent(profile.file, named));
      const { map } = entry.options;
      if (guardrail.files !== undefined && typeof map === 'string' && !missing.includes(map)) {
        report.add(references.mapProblems?.(modulePath(profile.file, map)) ?? []);
      }
      continue;
    }
    const applied = { tree: report.tree, schema: guardrail.options, path: [...path, 'options'] };
    report.add(explainIssues(parsed.error.issues, applied));
  }
}

function absent(file: string, named: string): Finding {
  return {
    code: 'unknown-name',
    task: `find the file "${printable(named, 100)}"`,
    hint: `there is no file ${printable(modulePath(file, named), 200)}; the path is taken from the profile's folder`,
  };
}

/** Where in the options this text stands; empty when it was made of something else. */
function pathOf(value: unknown, text: string): FilePath {
  if (typeof value !== 'object' || value === null) return [];
  for (const [key, inner] of Object.entries(value)) {
    const part = Array.isArray(value) ? Number(key) : key;
    if (inner === text) return [part];
    const deeper = pathOf(inner, text);
    if (deeper.length > 0) return [part, ...deeper];
  }
  return [];
}

function moduleFinding(file: string, use: string, exists: References['fileExists']): Finding | null {
  const name = printable(use, 100);
  if (!/\.(js|mjs|ts)$/.test(use)) {
    return {
      code: 'wrong-value',
      task: `load the guardrail "${name}"`,
      expected: 'a module ending in .js, .mjs or .ts',
    };
  }
  const path = modulePath(file, use);
  if (exists(path)) return null;
  return {
    code: 'unknown-name',
    task: `find the guardrail module "${name}"`,
    hint: `there is no file ${printable(path, 200)}; the path is taken from the profile's folder`,
  };
}

function unknown(use: string, legal: readonly string[]): Finding {
  const isFile = /\.(js|mjs|ts)$/.test(use);
  return {
    code: 'unknown-name',
    task: `find the guardrail "${printable(use, 60)}"`,
    legal: isFile ? [] : legal,
    nearest: isFile ? `./${printable(use, 60)}` : nearestWord(use, legal),
    hint: isFile ? 'a module of your own begins with ./' : null,
  };
}

function repeated(id: string): Finding {
  return {
    code: 'conflict',
    task: `call a second guardrail "${id}"`,
    hint: 'give each entry an id of its own',
  };
}
