import type { ByteSource } from '../journal/byte-source.ts';
import type { Arm } from '../journal/events.ts';
import { type OpenJournal, openJournal } from '../journal/open-journal.ts';
import { safeText } from '../report/safe-text.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { adviceOf } from './advice.ts';
import { type ArmReader, readArm } from './arm-reader.ts';
import { factsOf } from './run-facts.ts';
import { journalNotices, noticesOf } from './run-notices.ts';
import type { RunStory, ScenarioStory } from './run-story.ts';
import { readCard } from './stored-card.ts';

/** A run's folder, as far as a review reads it. Names are file names without a path. */
export interface RunReader {
  /** How the folder is called on the command line. */
  readonly directory: string;
  /** Null when there is no such file, or it cannot be read. */
  readText(name: string): string | null;
  /** Null when there is no such file. */
  openBytes(name: string): ByteSource | null;
  /** All journals in the folder, in the order of their names. */
  journalNames(): readonly string[];
  /** Scores the journals again where the stored scorecard cannot be used; null: leave it unscored. */
  readonly rescore: (() => Scorecard) | null;
}

/** An opened run: its story so far, and the journals behind it. */
export interface OpenRun {
  readonly story: RunStory;
  /** Lines that are still to be taken in; of journals that are not indexed yet, about so many. */
  readonly pending: number;
  /** Takes in at most `count` lines of each arm; returns whether any are left. */
  step(count: number): boolean;
  /** Looks whether journals have grown, or a scorecard has come; returns whether there is something new. */
  refresh(): boolean;
  /** The journal behind an arm: for an event's full record. Null when there is none. */
  journal(scenarioId: string, arm: Arm): OpenJournal | null;
  close(): void;
}

const MOST_JOURNALS = 200;

/** Opens a run and takes nothing in yet but the headers. Throws for a journal of a version that is not known. */
export function openRun(reader: RunReader): OpenRun {
  return new OpenedRun(reader);
}

class OpenedRun implements OpenRun {
  private readonly reader: RunReader;
  private readonly readers = new Map<string, ArmReader>();
  private card: Scorecard | null;
  private cardNotice: string | null;

  constructor(reader: RunReader) {
    this.reader = reader;
    const { card, notice } = readCard(reader);
    this.card = card;
    this.cardNotice = notice;
    this.openJournals();
  }

  get story(): RunStory {
    const manifest = this.reader.readText('manifest.json');
    const advice = this.reader.readText('advice.json');
    const states = [...this.readers].map(([file, { state }]) => ({ file, state }));
    const facts = factsOf(manifest, { card: this.card, states: states.map(({ state }) => state) });
    return {
      facts,
      card: this.card,
      scenarios: this.scenarios(),
      advice: advice === null ? null : adviceOf(parsed(advice)),
      notices: [
        ...noticesOf({ manifest, cardNotice: this.cardNotice, advice }),
        ...[...this.readers].flatMap(([file, { journal, state }]) =>
          journalNotices(file, { journal, state }),
        ),
      ],
    };
  }

  get pending(): number {
    return [...this.readers.values()].reduce((sum, { pending }) => sum + pending, 0);
  }

  step(count: number): boolean {
    for (const reader of this.readers.values()) reader.step(count);
    return this.pending > 0;
  }

  refresh(): boolean {
    let isNew = false;
    for (const reader of this.readers.values()) isNew = reader.refresh() || isNew;
    if (this.card === null) {
      const { card, notice } = readCard({ ...this.reader, rescore: null });
      isNew = isNew || card !== null;
      this.card = card;
      this.cardNotice = notice;
    }
    return this.openJournals() || isNew;
  }

  journal(scenarioId: string, arm: Arm): OpenJournal | null {
    return this.find(scenarioId, arm)?.journal ?? null;
  }

  close(): void {
    for (const { journal } of this.readers.values()) journal.close();
  }

  private scenarios(): ScenarioStory[] {
    const ids = this.card?.scenarios.map(({ id }) => id) ?? [
      ...new Set([...this.readers.values()].flatMap(({ journal }) => scenarioOf(journal))),
    ];
    return ids.map(id => {
      const arms = (['calm', 'unguarded', 'guarded', 'benign'] as const).flatMap(arm => {
        const state = this.find(id, arm)?.state;
        return state === undefined ? [] : [[arm, state] as const];
      });
      const score = this.card?.scenarios.find(scenario => scenario.id === id) ?? null;
      return { id, score, arms: Object.fromEntries(arms) };
    });
  }

  private find(scenarioId: string, arm: Arm): ArmReader | undefined {
    const file = this.card?.scenarios.find(({ id }) => id === scenarioId)?.arms;
    const named = arm === 'ordinary' ? undefined : file?.[arm]?.journal;
    if (named !== undefined) return this.readers.get(named);
    return [...this.readers.values()].find(
      ({ journal: { header } }) =>
        header?.arm === arm && (arm === 'ordinary' || header.scenario.id === scenarioId),
    );
  }

  /** With a scorecard only the journals of the shown seed; without one, all that there are. Returns whether any is new. */
  private openJournals(): boolean {
    const names = this.card === null ? this.reader.journalNames() : shownJournals(this.card);
    let isNew = false;
    for (const name of names) {
      if (this.readers.has(name) || this.readers.size >= MOST_JOURNALS) continue;
      const source = isFileName(name) ? this.reader.openBytes(name) : null;
      if (source === null) continue;
      // Others may write at the same time: one without its first whole line is opened when it has one.
      const journal = openJournal(source, name);
      this.readers.set(name, readArm(journal));
      isNew = true;
    }
    return isNew;
  }
}

function shownJournals({ scenarios }: Scorecard): string[] {
  return scenarios.flatMap(({ arms }) =>
    [arms.calm, arms.unguarded, arms.guarded, arms.benign].flatMap(arm =>
      arm === null ? [] : [arm.journal],
    ),
  );
}

/** A scorecard may name any path; only files of the run's own folder are opened. */
function isFileName(name: string): boolean {
  return name.endsWith('.jsonl') && !/[\\/]/.test(name) && safeText(name, 255) === name;
}

function scenarioOf({ header }: OpenJournal): string[] {
  return header === null || header.arm === 'ordinary' ? [] : [header.scenario.id];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
