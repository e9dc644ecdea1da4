/** A way in which a guardrail fails under `stress`. */
export type StressFault = (typeof STRESS_FAULTS)[number];

/** Where a fault is put: at the user's service, program or policy files, or, without any of these, at our seat for it. */
export type FaultPlace = 'wire' | 'program' | 'files' | 'seat';

/** In the order of reports. */
export const STRESS_FAULTS = [
  'down',
  'slow',
  'hanging',
  '500',
  'garbage',
  'undefined',
  'stale',
  'flapping',
] as const;

/** What each fault is, whatever the place. */
export const FAULT_MEANINGS: Readonly<Record<StressFault, string>> = {
  down: 'nothing listens; the program or the policy file is not there',
  slow: 'the right answer, after the time limit (within it nothing changes: in sim, time waits)',
  hanging: 'the question is taken, and no answer ever comes',
  '500': 'it says that it failed: status 500 with an empty body, a program that crashes, an error',
  garbage: 'an answer that is none: a page of HTML with status 200, JSON that is cut off, no policy',
  undefined: 'an answer that rules nothing: an empty JSON object, a program that prints nothing',
  stale: 'every question gets the answer to the one before it; the first gets its own',
  flapping: 'every other question fails, from the first; the rest are answered',
};

/** The place of a fault for a guardrail whose home is `home`; null: a built-in, or a module of the user's. */
export function faultPlace(fault: StressFault, home: 'service' | 'program' | 'engine' | null): FaultPlace {
  switch (home) {
    case 'service':
      return 'wire';
    case 'program':
      return 'program';
    case 'engine':
      // An engine in this process reads its files and then knows no outside that could fail.
      return fault === 'down' || fault === 'garbage' ? 'files' : 'seat';
    case null:
      return 'seat';
  }
}

/**
 * The faults that do the same to the company as the first of their list, so that one arm tells of all of them. At our
 * seat errors and answers that rule nothing count by `onFailure` alike; elsewhere each may be taken for something else.
 */
export function alikeFaults(
  faults: readonly StressFault[],
  placeOf: (fault: StressFault) => FaultPlace,
): readonly (readonly [StressFault, ...StressFault[]])[] {
  const isPlain = (fault: StressFault) =>
    placeOf(fault) === 'seat' && fault !== 'stale' && fault !== 'flapping';
  const [first, ...rest] = faults.filter(isPlain);
  const others = faults.filter(fault => !isPlain(fault)).map(fault => [fault] as const);
  return first === undefined ? others : [[first, ...rest], ...others];
}
