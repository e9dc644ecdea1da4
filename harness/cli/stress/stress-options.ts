import type { StressFault } from '../../guardrails/stress/stress-fault.ts';

export interface StressOptions {
  readonly profile: string;
  /** Left out: every guardrail of the profile. */
  readonly guardrail?: readonly string[];
  /** Left out: every fault. */
  readonly fault?: readonly StressFault[];
  readonly seed: string;
  readonly out?: string;
  readonly json?: boolean;
}
