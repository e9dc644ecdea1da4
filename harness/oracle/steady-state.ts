import type { GateEvent } from '../journal/events.ts';
import type { JourneyExperience } from '../ports/experience.ts';
import type { World } from '../scenario/world-schema.ts';

/** Counts journeys and says whether normal is normal: before the mistake, and again after it. */
export class SteadyState {
  private readonly probes: World['steadyState'];
  private readonly recent: { atMs: number; journey: string; region: string; succeeded: boolean }[] = [];
  private isClosed = false;

  constructor(world: World) {
    this.probes = world.steadyState;
  }

  record(journey: JourneyExperience): void {
    if (this.isClosed) return;
    const { finishedMs: atMs, journey: name, region, succeeded } = journey;
    this.recent.push({ atMs, journey: name, region, succeeded });
  }

  /** Judges the journeys that ended between the two times. A probe without data is not met. */
  judge(fromMs: number, toMs: number): Omit<GateEvent, 'type'> {
    const inSpan = this.recent.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const probes = this.probes.map(({ journey, region, atLeast }) => {
      const mine = inSpan.filter(entry => entry.journey === journey && entry.region === region);
      const good = mine.filter(entry => entry.succeeded).length;
      const successRatio = mine.length === 0 ? null : good / mine.length;
      return {
        journey,
        region,
        attempts: mine.length,
        successRatio,
        atLeast,
        met: successRatio !== null && successRatio >= atLeast,
      };
    });
    return { met: probes.every(probe => probe.met), probes };
  }

  /** Keeps nothing from now on, so that memory stays flat. */
  close(): void {
    this.isClosed = true;
    this.recent.length = 0;
  }
}
