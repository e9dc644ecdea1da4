import { type BenchRequest, benchPlan, openBenchWorkspace } from './bench-plan.ts';
import { type BenchArm, runBenchArm } from './run-bench-arm.ts';

export interface MeasuredArm extends BenchArm {
  /** The most memory that the process ever held, MB; the heap is part of it. */
  readonly peakRssMb: number;
}

/** Runs arms one after the other in this process, and says what each took; memory is that of the process so far. */
export async function measureArms(requests: readonly BenchRequest[]): Promise<MeasuredArm[]> {
  const workspace = await openBenchWorkspace();
  const measured: MeasuredArm[] = [];
  for (const request of requests) {
    const arm = await runBenchArm(workspace, benchPlan(workspace, request));
    measured.push({ ...arm, peakRssMb: process.resourceUsage().maxRSS / 1_024 });
  }
  return measured;
}
