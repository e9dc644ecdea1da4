import { InvalidFileError } from '../invalid-file-error.ts';
import type { AnyLoadedFile, LoadedFile } from '../load-file.ts';
import type { Problem } from '../problem.ts';
import { checkChange } from './check-change.ts';
import { checkGameDay } from './check-game-day.ts';
import { checkMap } from './check-map.ts';
import { checkProfile } from './check-profile.ts';
import { checkScenario } from './check-scenario.ts';
import { checkWorld } from './check-world.ts';
import type { References } from './references.ts';
import { createReporter } from './reporter.ts';

/** Everything in a valid file that refers to something which is not there, or contradicts itself. Empty when all is well. */
export function checkReferences(loaded: LoadedFile, references: References): readonly Problem[] {
  const file = loaded as AnyLoadedFile;
  const report = createReporter(file.tree);
  switch (file.kind) {
    case 'World':
      checkWorld(report, file.value, references);
      break;
    case 'Scenario':
      checkScenario(report, file, references);
      break;
    case 'OrdinaryChange':
      checkChange(report, file, references);
      break;
    case 'Map':
      checkMap(report, file, references);
      break;
    case 'Profile':
      checkProfile(report, file, references);
      break;
    case 'GameDay':
      checkGameDay(report, file, references);
      break;
  }
  return report.problems;
}

/** Throws an `InvalidFileError` with the problems of all files together, if there are any. */
export function requireReferences(files: readonly LoadedFile[], references: References): void {
  const problems = files.flatMap(file => checkReferences(file, references));
  if (problems.length > 0) throw new InvalidFileError(problems);
}
