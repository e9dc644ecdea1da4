import type { ScheduleSpec } from '../../scenario/schedule-schema.ts';

/** A game day with the times at which it is due. */
export interface ScheduledDay {
  readonly id: string;
  readonly schedule: ScheduleSpec;
}
