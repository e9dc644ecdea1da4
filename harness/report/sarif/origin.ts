import type { ScenarioPlaces } from '../../scenario/step-places.ts';

/** Where a file is, as SARIF wants it: relative to a named folder, or a whole `file:` address when it is under neither. */
export interface SarifFile {
  /** With `/`, percent-encoded where needed. */
  readonly uri: string;
  readonly base: SarifBase | null;
}

/** `SRCROOT`: the folder in which the command was given. `BRAKECHECK`: the folder of the program. */
type SarifBase = 'SRCROOT' | 'BRAKECHECK';

/** What a report tells of a scenario beyond its scorecard: where its file is, and what its journal's header says. */
export interface ScenarioOrigin {
  /** Null: no file of this id was found. */
  readonly file: SarifFile | null;
  /** Null: there is no file, or it is not the one that ran, so that its lines mean nothing. */
  readonly places: ScenarioPlaces | null;
  readonly tags: readonly string[];
}

/** What is known where the report is written and cannot be read from the scorecard. */
export interface SarifContext {
  /** `brakecheck/0.1.0`. */
  readonly tool: string;
  /** When the exit code applies, in words. */
  readonly exitMeaning: string;
  /** By scenario id. */
  readonly origins: ReadonlyMap<string, ScenarioOrigin>;
  /** A journal of the run, by its name. */
  readonly journal: (name: string) => SarifFile;
}
