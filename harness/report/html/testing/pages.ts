import type { RunStory } from '../../../review/run-story.ts';
import { smallRun, wholeStory } from '../../../review/testing/run-files.ts';
import type { Scorecard } from '../../../score/scorecard.ts';
import { hostileJournal } from '../../../testing/hostile-journal.ts';
import { hostileScorecard } from '../../../testing/hostile-scorecard.ts';
import { renderHtml } from '../render-html.ts';
import type { Screenshots } from '../screenshot-section.ts';

type Files = Readonly<Record<string, string>>;

export const NO_SCREENSHOTS: Screenshots = { shown: [], leftOut: 0 };

/** The page of a run's files. */
export function pageOf(files: Files, screenshots: Screenshots = NO_SCREENSHOTS): Promise<string> {
  return renderHtml(wholeStory(files), { screenshots, compared: [] });
}

/** A run in which every text of scorecard, journals and manifest that somebody may put is `text`. */
export function hostileStory(text: string): RunStory {
  const files = smallRun();
  const journals = Object.entries(files)
    .filter(([name]) => name.endsWith('.jsonl'))
    .map(([name, journal]) => [name, hostileJournal(journal, text)] as const);
  const manifest = {
    ...{ runId: text, profile: text, tool: text, startedAt: text, command: ['run', text, '--profile', text] },
  };
  return wholeStory({
    ...Object.fromEntries(journals),
    'scorecard.json': JSON.stringify(withJournals(hostileScorecard(text))),
    'manifest.json': JSON.stringify(manifest),
  });
}

/** The card's arms by the journals that are there, since a name that is none of the folder's is not opened. */
function withJournals(card: Scorecard): Scorecard {
  const named = <Arm extends { readonly journal: string }>(arm: Arm | null, name: string): Arm | null =>
    arm === null ? null : { ...arm, journal: `rebuild.one.${name}.jsonl` };
  return {
    ...card,
    scenarios: card.scenarios.map(scenario => ({
      ...scenario,
      arms: {
        calm: named(scenario.arms.calm, 'calm'),
        unguarded: named(scenario.arms.unguarded, 'unguarded'),
        guarded: named(scenario.arms.guarded, 'guarded'),
        benign: named(scenario.arms.benign, 'benign'),
      },
    })),
  };
}
