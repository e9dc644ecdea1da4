import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { readJournal } from '../journal/reader.ts';
import type { SarifContext, SarifFile, ScenarioOrigin } from '../report/sarif/origin.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { scenarioPlaces } from '../scenario/step-places.ts';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { readFirstLine } from './read-first-line.ts';
import { scenarioFiles } from './scenario-files.ts';
import { TOOL } from './tool.ts';
import { projectRoot } from './workspace.ts';

export interface SarifRequest {
  readonly directory: string;
  /** The run's own command line: it may name scenario files that lie elsewhere. */
  readonly command: readonly string[];
  readonly cwd: string;
}

/** What SARIF needs besides the scorecard: where the scenarios' files are, and what the journals' headers say of them. */
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
