import type { FilePlace } from '../../scenario/step-places.ts';
import type { StepResult } from '../../score/story.ts';
import type { SarifContext, SarifFile, ScenarioOrigin } from './origin.ts';
import { type SarifMessage, sarifName } from './sarif-text.ts';

/** A location of SARIF 2.1.0 (3.28), as far as this report uses it. */
export interface SarifLocation {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region?: { readonly startLine: number; readonly startColumn?: number };
  };
  readonly logicalLocations?: readonly { readonly name: string; readonly fullyQualifiedName: string }[];
  readonly message?: SarifMessage;
}

/** A place in the scenario's file. Where the file is not at hand the journal's line stands in; `note` says so. */
export interface FoundLocation {
  readonly location: SarifLocation;
  /** Null when file and line are known. */
  readonly note: string | null;
}

/** Where the scenario's file has `step`, or where it says what is allowed when no step is meant. */
export function locate(
  { id, step }: { readonly id: string; readonly step: StepResult | null },
  origin: ScenarioOrigin | undefined,
  whole: (places: NonNullable<ScenarioOrigin['places']>) => FilePlace,
): FoundLocation {
  const name = sarifName(step === null ? id : step.step);
  const fullyQualifiedName = step === null ? name : `${sarifName(id)}/${name}`;
  const logicalLocations = [{ name, fullyQualifiedName }];
  const file = origin?.file ?? null;
  if (file === null) {
    return { location: { logicalLocations }, note: 'No file of this scenario was found.' };
  }
  const places = origin?.places ?? null;
  const place = places === null ? null : ((step && places.steps.get(step.step)) ?? whole(places));
  return {
    location: { physicalLocation: physical(file, place), logicalLocations },
    note: place === null ? 'The scenario file is not the one that ran, so no line is given.' : null,
  };
}

/** The line of a journal that has this sequence number: they are numbered from 0, lines from 1. */
export function journalLocation(
  { journal }: SarifContext,
  name: string,
  line: { readonly seq: number; readonly message: SarifMessage },
): SarifLocation {
  return {
    physicalLocation: physical(journal(name), { line: line.seq + 1, column: 1 }),
    message: line.message,
  };
}

function physical({ uri, base }: SarifFile, place: FilePlace | null) {
  return {
    artifactLocation: { uri, ...(base === null ? {} : { uriBaseId: base }) },
    ...(place === null ? {} : { region: { startLine: place.line, startColumn: place.column } }),
  };
}
