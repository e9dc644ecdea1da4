import type { Outage } from '../score/outages.ts';
import type { Phase } from '../score/phases.ts';
import { safeText } from './safe-text.ts';
import { formatTime } from './words.ts';

/** Phases of one name as one. `mixed`: part of it is a declared delay, part a mechanism. */
export interface MergedPhase {
  readonly name: string;
  readonly durationMs: number;
  readonly kind: Phase['kind'] | 'mixed';
}

const MOST_PHASES = 8;

/** In order of time, since phases come in the order in which they began; merged by name. */
export function mergePhases(phases: readonly Phase[]): MergedPhase[] {
  const merged = new Map<string, MergedPhase>();
  for (const phase of phases) {
    const twin = merged.get(phase.name);
    const kind = twin === undefined || twin.kind === phase.kind ? phase.kind : 'mixed';
    merged.set(phase.name, {
      name: phase.name,
      durationMs: phase.durationMs + (twin?.durationMs ?? 0),
      kind,
    });
  }
  return [...merged.values()];
}

/** `12h55m: restore data 9h15m, diagnosis 12m15s*, …`: the longest outage of an arm, its eight longest phases. `noticed` follows its duration. */
export function phaseBlock(outage: Outage, noticed: string): string {
  const merged = mergePhases(outage.phases);
  const longest = new Set([...merged].sort((a, b) => b.durationMs - a.durationMs).slice(0, MOST_PHASES));
  const shown = merged.filter(phase => longest.has(phase));
  const more = merged.length > shown.length ? ` and ${merged.length - shown.length} shorter` : '';
  const legend = shown.some(({ kind }) => kind !== 'mechanism') ? ' (* declared, simulated)' : '';
  const parts = shown.map(
    ({ name, durationMs, kind }) => `${safeText(name, 60)} ${formatTime(durationMs)}${MARKS[kind]}`,
  );
  const what = `${formatTime(outage.durationMs)}${noticed}${legend}`;
  return parts.length === 0 ? `${what}.` : `${what}: ${parts.join(', ')}${more}.`;
}

const MARKS = { mechanism: '', declared: '*', mixed: ' (part*)' } as const;
