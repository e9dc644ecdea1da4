/** Why a scenario that proved nothing did so, and what to do about it, by the code of its reason (`score/README.md`). */
export function adviceFor(reason: string): string | null {
  return ADVICE.get(reason) ?? null;
}

const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'steady-state-not-met',
    'The shop was unwell before anything was done to it: look at the overrides of the world and at the steady state asked for.',
  ],
  ['mistake-never-landed', "It must succeed there: look at the first step's door, roles and resource."],
  [
    'no-damage-unguarded',
    'Let the mistake do more than the budget allows (more traffic, a longer horizon), or tighten the budget.',
  ],
  ['evidence-missing', 'Run the scenario again: a journal is missing, cut or empty.'],
  ['evidence-mismatch', 'Run all arms again, with one version of scenario and world.'],
  ['arm-aborted', 'The brake of the run itself stopped it: look at the last lines of the journal.'],
  ['arm-interrupted', 'Run it again, and let it end.'],
  ['arm-failed', 'Look at the last line of the journal, mend the cause, and run it again.'],
]);
