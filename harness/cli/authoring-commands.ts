import { relative, resolve } from 'node:path';
import { HarnessError } from '../kernel/errors.ts';
import { nearestWord } from '../kernel/nearest.ts';
import { InvalidFileError } from '../scenario/invalid-file-error.ts';
import { jsonSchema } from '../scenario/json-schema.ts';
import { isKind, KINDS } from '../scenario/kinds.ts';
import { type LoadedFile, loadFile } from '../scenario/load-file.ts';
import { createNodeFileReader } from '../scenario/node-file-reader.ts';
import type { Problem } from '../scenario/problem.ts';
import { readFile } from '../scenario/read-file.ts';
import { checkReferences } from '../scenario/references/check-references.ts';
import type { CommandContext } from './command.ts';
import { describeThing } from './describe-thing.ts';
import { knownGuardrails } from './known-guardrails.ts';
import { adapterProblems } from './require-adapters.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** `brakecheck validate`: throws all problems of all files together. */
export async function validateCommand(files: readonly string[], context: CommandContext): Promise<void> {
  const workspace = await openWorkspace(context.cwd);
  const paths = files.length > 0 ? files : workspace.catalogue.list().map(({ file }) => file);
  const problems = [...(files.length > 0 ? [] : workspace.catalogue.problems)];
  for (const path of paths) problems.push(...(await problemsOf(path, workspace, context)));
  if (problems.length > 0) throw new InvalidFileError(problems);
  context.output.machine(`${paths.length} ${paths.length === 1 ? 'file' : 'files'} valid\n`);
}

async function problemsOf(
  path: string,
  workspace: Workspace,
  { cwd }: CommandContext,
): Promise<readonly Problem[]> {
  try {
    const loaded = loadFile(path, readFile(createNodeFileReader(cwd), path));
    const problems = checkReferences(loaded, workspace.references);
    if (problems.length > 0 || !isProfile(loaded)) return problems;
    return await adapterProblems(loaded, { cwd, needsSecrets: false });
  } catch (error) {
    if (error instanceof InvalidFileError) return error.problems;
    throw error;
  }
}

function isProfile(loaded: LoadedFile): loaded is LoadedFile<'Profile'> {
  return loaded.kind === 'Profile';
}

/** `brakecheck schema`. */
export function schemaCommand(kind: string, context: CommandContext): void {
  if (!isKind(kind)) {
    const nearest = nearestWord(kind, KINDS);
    throw new HarnessError('usage', {
      message: `could not print the schema of "${kind}": kinds are ${KINDS.join(', ')}`,
      ...(nearest === null ? {} : { hint: `Did you mean ${nearest}?` }),
    });
  }
  context.output.machine(`${JSON.stringify(jsonSchema(kind), null, 2)}\n`);
}

/** `brakecheck list`. */
export async function listCommand(json: boolean, context: CommandContext): Promise<void> {
  const { catalogue, references, builds } = await openWorkspace(context.cwd);
  const files = catalogue
    .list()
    .map(entry => ({ ...entry, file: relative(context.cwd, resolve(context.cwd, entry.file)) }));
  const verbs = [...references.verbs.values()].map(({ name, summary, doors }) => ({ name, summary, doors }));
  const known = [...knownGuardrails().values()];
  const guardrails = known.filter(({ kind }) => kind === 'built-in').map(({ name }) => name);
  const adapters = known.filter(({ kind }) => kind === 'adapter');
  if (json) {
    context.output.machine(
      `${JSON.stringify({ files, guardrails, adapters: adapters.map(({ name }) => name), verbs, builds: [...builds.keys()] }, null, 2)}\n`,
    );
    return;
  }
  const lines = KINDS.flatMap(kind => {
    const mine = files.filter(file => file.kind === kind);
    return [`${kind}`, ...mine.map(({ id, title }) => `  ${id.padEnd(26)} ${title}`), ''];
  });
  context.output.machine(
    [
      ...lines,
      'Guardrails',
      ...guardrails.map(name => `  ${name}`),
      '',
      'Adapters to guardrails of your own',
      ...adapters.map(({ name, summary }) => `  ${name.padEnd(26)} ${summary}`),
      '',
      'Verbs',
      ...verbs.map(({ name, summary }) => `  ${name.padEnd(26)} ${summary}`),
      '',
      'Builds',
      ...[...builds.keys()].map(id => `  ${id}`),
      '',
    ].join('\n'),
  );
}

/** `brakecheck describe`. */
export async function describeCommand(id: string, context: CommandContext): Promise<void> {
  context.output.machine(describeThing(id, await openWorkspace(context.cwd)));
}
