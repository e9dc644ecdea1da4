import type { JournalLine, PersonEvent } from '../journal/events.ts';
import type { TableEvent } from '../journal/table-event.ts';
import type { HarmReport } from '../score/harm-report.ts';
import { HARM_WORDS } from '../score/harm-words.ts';
import type { ScenarioScore } from '../score/scorecard.ts';

/** One decision that was the table's. */
interface TableDecision {
  readonly atMs: number;
  readonly role: string;
  readonly question: string;
  readonly by: TableEvent['by'];
  readonly chosen: string;
  /** What the simulated person would have chosen at that moment of that story. */
  readonly simulated: string;
  readonly text: string;
}

/** What became of one of the two stories. */
export interface TableOutcome {
  readonly verdict: string;
  readonly stage: string | null;
  readonly severity: number | null;
  readonly timeToRecoverMs: number | null;
  readonly harm: Readonly<Record<string, number>>;
}

/** An arm as it was played at a table, against the same seed with simulated people. */
export interface TableComparison {
  readonly scenario: string;
  readonly profile: string;
  readonly seed: string;
  readonly decisions: readonly TableDecision[];
  readonly notes: readonly { readonly atMs: number; readonly text: string }[];
  readonly injects: readonly {
    readonly atMs: number;
    readonly id: string;
    readonly told: boolean;
    readonly text: string;
  }[];
  /** Null: the file does not ask for it. */
  readonly simulated: TableOutcome | null;
  readonly table: TableOutcome;
  /** Harm at the table beyond the simulated story's, by name; what is equal is left out. */
  readonly difference: Readonly<Record<string, number>>;
  /** What simulated people did in the simulated story. */
  readonly simulatedPeople: readonly (Pick<PersonEvent, 'role' | 'phase' | 'text'> & {
    readonly atMs: number;
  })[];
}

/** A story: the arm's journal, and how it was scored. */
export interface TableStory {
  readonly lines: readonly JournalLine[];
  readonly score: ScenarioScore;
}

export function compareTable(
  own: Pick<TableComparison, 'scenario' | 'profile' | 'seed'>,
  played: TableStory,
  simulated: TableStory | null,
): TableComparison {
  const events = played.lines.filter(line => line.type === 'table');
  const table = outcomeOf(played.score);
  const other = simulated === null ? null : outcomeOf(simulated.score);
  return {
    ...own,
    decisions: events.flatMap(decisionOf),
    notes: events.flatMap(({ phase, atMs, text }) => (phase === 'note' ? [{ atMs, text }] : [])),
    injects: events.flatMap(({ phase, atMs, subject, text }) =>
      subject !== null && (phase === 'inject' || phase === 'inject-skipped')
        ? [{ atMs, id: subject, told: phase === 'inject', text }]
        : [],
    ),
    ...{ table, simulated: other, difference: other === null ? {} : differenceOf(table.harm, other.harm) },
    simulatedPeople: (simulated?.lines ?? []).flatMap(line =>
      line.type === 'person'
        ? [{ atMs: line.atMs, role: line.role, phase: line.phase, text: line.text }]
        : [],
    ),
  };
}

function decisionOf(event: TableEvent & { readonly atMs: number }): TableDecision[] {
  const { phase, atMs, role, subject, by, chosen, simulated, text } = event;
  if (phase !== 'decided' || role === null || subject === null || chosen === null || simulated === null)
    return [];
  return [{ atMs, role, question: subject, by, chosen, simulated, text }];
}

function outcomeOf({ verdict, stage, arms }: ScenarioScore): TableOutcome {
  const guarded = arms.guarded;
  const { timeToRecoverMs = null, severity = null } = guarded ?? {};
  return { verdict, stage, severity, timeToRecoverMs, harm: amounts(guarded?.harm ?? null) };
}

/** Figures by name; places count as how many there are, and outages as the longest, in ms. */
function amounts(harm: HarmReport | null): Record<string, number> {
  if (harm === null) return {};
  const known = Object.entries(harm).filter(([name]) => Object.hasOwn(HARM_WORDS, name));
  const figures = known.flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] as const] : [],
  );
  const outage = Math.max(0, ...harm.outages.map(({ durationMs }) => durationMs));
  return { ...Object.fromEntries(figures), outage, cellsAffected: harm.cellsAffected.length };
}

function differenceOf(
  table: Readonly<Record<string, number>>,
  simulated: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = [...new Set([...Object.keys(table), ...Object.keys(simulated)])];
  const beyond = names.map(name => [name, (table[name] ?? 0) - (simulated[name] ?? 0)] as const);
  return Object.fromEntries(beyond.filter(([, amount]) => amount !== 0));
}
