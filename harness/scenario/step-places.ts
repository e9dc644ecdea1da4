import { flattenSteps } from './flatten-steps.ts';
import type { LoadedFile } from './load-file.ts';
import type { FilePath, Finding } from './problem.ts';

/** A place in a file; both from 1. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** Where a scenario's file says what reports speak of. */
export interface ScenarioPlaces {
  /** Steps of the mistake and their fallbacks, by id. */
  readonly steps: ReadonlyMap<string, FilePlace>;
  /** What the scenario allows; where the budget is empty, the key. */
  readonly hypothesis: FilePlace;
  /** The same task done properly. */
  readonly benign: FilePlace;
  readonly start: FilePlace;
}

export function scenarioPlaces({ tree, value }: LoadedFile<'Scenario'>): ScenarioPlaces {
  const key = (path: FilePath) => placeOf(tree.atKey(path, NOTHING_WRONG));
  const steps = flattenSteps(value.steps, ['steps']).map(
    ({ step, path }) => [step.id, placeOf(tree.atValue(path, NOTHING_WRONG))] as const,
  );
  return {
    steps: new Map(steps),
    hypothesis: key(['hypothesis']),
    benign: key(['benign']),
    start: key(['metadata']),
  };
}

/** The tree tells places by way of problems; this one is never shown. */
const NOTHING_WRONG: Finding = { code: 'conflict', task: 'tell the place' };

function placeOf({ line, column }: { readonly line: number; readonly column: number }): FilePlace {
  return { line, column };
}
