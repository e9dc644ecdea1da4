import type { BrowserLook } from '../score/browser-looks.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { formatMoment, journeyWords, plural } from './words.ts';

type Arms = ScenarioScore['arms'];
const NAMES = { calm: 'calm', unguarded: 'no guardrails', guarded: 'guardrails', benign: 'benign' } as const;
type ArmName = keyof typeof NAMES;

const MOST_FAILURES = 2;
const WHEN = { before: 'before', during: 'during', after: 'after' } as const;

/** What shoppers with a browser found, in a sentence or two; null where there was none and none was asked for. */
export function browserSentence({ arms }: ScenarioScore): string | null {
  const looks = looksByArm(arms);
  if (looks.length === 0) return null;
  const missing = looks.flatMap(([, { missing: reason }]) => reason ?? [])[0];
  const lost = missing === undefined ? null : `No browser evidence: ${safeText(missing, 160)}.`;
  const seen = looks.filter(([, look]) => look.missing === null);
  if (seen.length === 0) return `${lost} Journeys over the API carry the run.`;
  const journeys = seen.flatMap(([, look]) => look.journeys);
  const good = journeys.filter(({ succeeded }) => succeeded).length;
  const failed = seen.filter(([, look]) => look.journeys.some(({ succeeded }) => !succeeded));
  const shown = failed.slice(0, MOST_FAILURES).map(([arm, look]) => failureWords(arm, look));
  const more = failed.length - shown.length;
  const failures = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  const pictures = journeys.flatMap(({ steps }) =>
    steps.flatMap(({ screenshot }) => screenshot ?? []),
  ).length;
  return [
    `${good} of ${plural(journeys.length, 'journey')} through the shop's pages went well${failures === '' ? '' : `; failed: ${failures}`}.`,
    `${plural(pictures, 'picture')} in evidence/.`,
    ...(lost === null ? [] : [lost]),
  ].join(' ');
}

/** `no guardrails, during, na: buying (order)`. */
function failureWords(arm: ArmName, { when, region, journeys }: BrowserLook): string {
  const failed = journeys.filter(({ succeeded }) => !succeeded);
  const what = failed.map(
    ({ journey, steps }) => `${journeyWords(journey)} (${safeText(steps.at(-1)?.name ?? '', 40)})`,
  );
  return `${NAMES[arm]}, ${WHEN[when]}, ${safeText(region, 64)}: ${what.join(', ')}`;
}

/** A journal may come from anywhere: only files of the run's own evidence become links or pictures. */
export function isEvidence(file: string): boolean {
  return /^evidence\/[\w.-]+(?:\/[\w.-]+)*$/.test(file) && !file.includes('..');
}

/** One line for each look and journey, for a report that has room. `files`: its last picture, and its trace. */
export interface BrowserLine {
  readonly arm: string;
  readonly at: string;
  readonly when: string;
  readonly region: string;
  readonly journey: string;
  readonly succeeded: boolean;
  /** The page that the journey ended at, and what it said. */
  readonly saw: string;
  readonly files: readonly string[];
}

export function browserLines({ arms }: ScenarioScore): BrowserLine[] {
  return looksByArm(arms).flatMap(([arm, look]) =>
    look.journeys.map(({ journey, succeeded, steps, trace }) => {
      const last = steps.at(-1);
      return {
        arm: NAMES[arm],
        at: formatMoment(look.atMs),
        when: WHEN[look.when],
        region: look.region,
        journey,
        succeeded,
        saw: last === undefined ? '' : `${last.name}: ${last.saw}`,
        files: [last?.screenshot, trace].flatMap(file =>
          file !== null && file !== undefined && isEvidence(file) ? [file] : [],
        ),
      };
    }),
  );
}

function looksByArm(arms: Arms): (readonly [ArmName, BrowserLook])[] {
  return (Object.keys(NAMES) as ArmName[]).flatMap(name =>
    (arms[name]?.browser ?? []).map(look => [name, look] as const),
  );
}
