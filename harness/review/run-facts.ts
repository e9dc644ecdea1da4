import { z } from 'zod';
import { safeText } from '../report/safe-text.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { ArmState } from './arm-state.ts';
import type { RunFacts } from './run-story.ts';

const text = z.string().catch('');

/** What a review reads of a manifest; what is missing there is looked up in scorecard and journals. */
const manifestFacts = z.object({
  runId: text,
  profile: text,
  tool: text,
  startedAt: text,
  finishedAt: text,
  command: z.array(z.string()).catch([]),
});

const MOST_WORDS = 100;

/** `manifest`: the text of the run's manifest, or null. */
export function factsOf(
  manifest: string | null,
  { card, states }: { readonly card: Scorecard | null; readonly states: readonly ArmState[] },
): RunFacts {
  const told = manifestIn(manifest);
  const guarded = states.find(({ identity }) => identity?.arm === 'guarded')?.identity;
  const first = guarded ?? states.find(({ identity }) => identity !== null)?.identity ?? null;
  return {
    runId: word(told.runId || card?.runId || 'unnamed run'),
    profile: word(told.profile || card?.profile || guarded?.profile.id || 'unknown'),
    stack: word(card?.stack ?? first?.stack ?? 'unknown'),
    seed: word(card?.seed ?? first?.seed ?? 'unknown'),
    tool: word(told.tool || first?.tool || ''),
    startedAt: word(told.startedAt),
    finishedAt: word(told.finishedAt),
    command: told.command.slice(0, MOST_WORDS).map(part => safeText(part)),
  };
}

export function manifestIn(manifest: string | null): z.infer<typeof manifestFacts> {
  try {
    return manifestFacts.parse(JSON.parse(manifest ?? '{}'));
  } catch {
    return manifestFacts.parse({});
  }
}

function word(value: string): string {
  return safeText(value, 64);
}
