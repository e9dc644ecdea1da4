import type { CellTelemetry } from '../../ports/telemetry.ts';

/**
 * Two counts of one build in a row, as one. Requests and errors add up; of the latencies the worse is kept, since
 * percentiles cannot be added, and a gate that sees the worse errs on the safe side.
 */
export function mergeTelemetry(
  first: CellTelemetry | null,
  second: CellTelemetry | null,
): CellTelemetry | null {
  if (first === null || second === null) return first ?? second;
  return {
    ...second,
    requests: first.requests + second.requests,
    errors: first.errors + second.errors,
    latencyMsP50: Math.max(first.latencyMsP50, second.latencyMsP50),
    latencyMsP99: Math.max(first.latencyMsP99, second.latencyMsP99),
  };
}
