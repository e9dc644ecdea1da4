import { renderToString } from 'ink';
import { createElement as h } from 'react';
import { HarnessError } from '../../kernel/errors.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { openRun, type RunReader } from '../../review/open-run.ts';
import { manifestIn } from '../../review/run-facts.ts';
import { runList } from '../../review/run-list.ts';
import { readCard } from '../../review/stored-card.ts';
import { memoryRun } from '../../review/testing/run-files.ts';
import { plainBrush } from '../draw/brush.ts';
import { initialUi } from '../initial-ui.ts';
import type { GameDayEntry } from '../list-entry.ts';
import { createSession, type ReviewSession } from '../review-session.ts';
import type { ReviewSource } from '../review-source.ts';
import { Screen } from '../screen.ts';
import type { Key } from '../ui-event.ts';
import type { UiState } from '../ui-state.ts';

export interface MemoryReview extends ReviewSession {
  readonly clock: VirtualClock;
  /** Keys by name, one after the other. */
  readonly press: (...keys: readonly Key[]) => UiState;
  /** What the terminal would show, without colour. */
  readonly frame: () => string;
}

type Folders = Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>;

/** A review of folders in memory. All lines are taken in when it is handed over, unless it is live. */
export async function memoryReview(
  folders: Folders,
  given: Partial<Parameters<typeof initialUi>[0]> & { readonly gameDay?: GameDayEntry } = {},
): Promise<MemoryReview> {
  const clock = new VirtualClock();
  const { gameDay, ...first } = given;
  const session = createSession(initialUi({ size: { columns: 80, rows: 24 }, directory: null, ...first }), {
    source: memorySource(folders, gameDay),
    clock,
  });
  const press = (...keys: readonly Key[]) => {
    for (const key of keys) session.dispatch({ kind: 'key', key });
    return session.state();
  };
  await settle({ clock, state: session.state });
  const frame = () =>
    renderToString(h(Screen, { state: session.state(), brush: plainBrush }), {
      columns: session.state().size.columns,
    });
  return { ...session, clock, press, frame };
}

/** Lets the session take in all lines that there are. */
export async function settle({ clock, state }: Pick<MemoryReview, 'clock' | 'state'>): Promise<void> {
  for (let round = 0; round < 200; round++) {
    await clock.run({ untilMs: clock.nowMs() + 200, maxTasks: 10_000 });
    if (state().pending === 0) return;
  }
}

/** Files may be replaced by longer ones while they are open. */
function growingRun(files: Readonly<Record<string, string | Uint8Array>>): RunReader {
  const bytesOf = (name: string) => Buffer.from(files[name] ?? '');
  return {
    ...memoryRun(files),
    openBytes: name =>
      files[name] === undefined
        ? null
        : {
            size: () => bytesOf(name).length,
            read: (into, fromByte) => bytesOf(name).copy(into, 0, fromByte, fromByte + into.length),
            close: () => undefined,
          },
  };
}

function memorySource(folders: Folders, gameDay: GameDayEntry | undefined): ReviewSource {
  return {
    list: () => {
      const found = Object.entries(folders).map(([directory, files]) => {
        const manifest = manifestIn(String(files['manifest.json'] ?? ''));
        const { card } = readCard({ ...memoryRun(files), directory });
        return {
          directory,
          runId: manifest.runId,
          startedAt: manifest.startedAt,
          profile: manifest.profile,
          card,
        };
      });
      const runs = runList(found).map(run => ({ kind: 'run', run, isPart: gameDay !== undefined }) as const);
      return gameDay === undefined ? runs : [{ kind: 'game-day', gameDay }, ...runs];
    },
    openRun: directory => {
      const files = folders[directory];
      if (files === undefined)
        throw new HarnessError('usage', { message: `could not find a run in ${directory}` });
      return files['manifest.json'] === undefined ? null : openRun(growingRun(files));
    },
    gameDayPage: directory => [`The scoreboard of ${directory}`],
  };
}
