import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { readJournal } from '../journal/reader.ts';
import type { SarifContext, SarifFile, ScenarioOrigin } from '../report/sarif/origin.ts';
import { openCatalogue } from '../scenario/catalogue.ts';
import { type LoadedFile, loadFile } from '../scenario/load-file.ts';
import { createNodeFileReader } from '../scenario/node-file-reader.ts';
import { readFile } from '../scenario/read-file.ts';
import { scenarioPlaces } from '../scenario/step-places.ts';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { readFirstLine } from './read-first-line.ts';
import { TOOL } from './tool.ts';
import { projectRoot } from './workspace.ts';

export interface SarifRequest {
  readonly directory: string;
  /** The run's own command line: it may name scenario files that lie elsewhere. */
  readonly command: readonly string[];
  readonly cwd: string;
}

/** Looks for the scenarios' files: those of the project, those under `scenarios/` of `cwd`, and those the run named. */
export function sarifContext(card: Scorecard, { directory, command, cwd }: SarifRequest): SarifContext {
  const files = scenarioFiles(command, cwd);
  return {
    tool: TOOL,
    exitMeaning: EXIT_CODES.find(({ name }) => name === card.exit.name)?.when ?? 'not known',
    origins: new Map(
      card.scenarios.map(scenario => [scenario.id, originOf(scenario, { files, directory, cwd })]),
    ),
    journal: name => sarifFile(join(directory, name), cwd),
  };
}

function scenarioFiles(command: readonly string[], cwd: string): LoadedFile<'Scenario'>[] {
  const reader = createNodeFileReader(cwd);
  const shipped = relative(cwd, join(projectRoot(), 'scenarios')) || 'scenarios';
  const named = command
    .filter(word => /\.ya?ml$/.test(word) && reader.stat(word)?.isFile === true)
    .flatMap(path => {
      try {
        const loaded = loadFile(path, readFile(reader, path));
        return loaded.kind === 'Scenario' ? [loaded] : [];
      } catch {
        // A file that was valid when it ran and is broken now has no lines to point at.
        return [];
      }
    });
  return [...named, ...openCatalogue(reader, [...new Set(['scenarios', shipped])]).all('Scenario')];
}

/** The file that ran, told by its digest; else one of the same id, without lines, since it has changed. */
function originOf(
  scenario: ScenarioScore,
  given: {
    readonly files: readonly LoadedFile<'Scenario'>[];
    readonly directory: string;
    readonly cwd: string;
  },
): ScenarioOrigin {
  const { digest, tags } = headerFacts(scenario, given.directory);
  const candidates = given.files.filter(({ value }) => value.metadata.id === scenario.id);
  const same = candidates.find(file => file.digest === digest);
  const found = same ?? candidates[0];
  return {
    file: found === undefined ? null : sarifFile(resolve(given.cwd, found.file), given.cwd),
    places: same === undefined ? null : scenarioPlaces(same),
    tags,
  };
}

const taggedPlan = z.object({
  scenario: z.object({ metadata: z.object({ tags: z.array(z.string()) }) }),
});

/** What the header of the scenario's journals says of its file. */
function headerFacts(
  { arms: { guarded, unguarded, calm } }: ScenarioScore,
  directory: string,
): { readonly digest: string | null; readonly tags: readonly string[] } {
  const journal = (guarded ?? unguarded ?? calm)?.journal;
  const line = journal === undefined ? null : readFirstLine(join(directory, journal));
  if (journal === undefined || line === null) return { digest: null, tags: [] };
  const { scenario, plan } = readJournal(line, journal).header;
  const parsed = taggedPlan.safeParse(plan);
  return { digest: scenario.digest, tags: parsed.success ? parsed.data.scenario.metadata.tags : [] };
}

function sarifFile(path: string, cwd: string): SarifFile {
  const bases = [
    ['SRCROOT', cwd],
    ['BRAKECHECK', projectRoot()],
  ] as const;
  for (const [base, folder] of bases) {
    const inside = relative(folder, path);
    if (!inside.startsWith('..') && resolve(folder, inside) === path) {
      return { uri: inside.split(sep).map(encodeURIComponent).join('/'), base };
    }
  }
  return { uri: pathToFileURL(path).href, base: null };
}
