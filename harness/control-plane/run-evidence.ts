import { messageOf } from '../kernel/errors.ts';
import type { Build, SlotSpec } from '../ports/stack.ts';
import type { Company } from './company.ts';
import { withScratchCell } from './scratch.ts';

/** What a run showed. */
export interface EvidenceResult {
  readonly passed: boolean;
  readonly detail: string;
}

const LOAD_REQUESTS = 600;
const LOAD_CONCURRENCY = 8;
const LOAD_INSTANCES = 2;
/** Least share of requests that must succeed. */
const LOAD_SUCCESS = 0.99;
/** The last third may be this much slower than the first before it counts as getting worse. */
const LOAD_SLOWDOWN = 2;
const LOAD_SLACK_MS = 50;
/** Longest that one check, or one request, may take before it counts as failed. World time, ms. */
const CHECK_LIMIT_MS = 600_000;
const REQUEST_LIMIT_MS = 60_000;

/** Runs the build's own unit tests against a fresh scratch instance. A build without tests does not pass. */
export async function runUnitTests(company: Company, build: Build, region: string): Promise<EvidenceResult> {
  const checks = company.checks.get(build.id) ?? [];
  if (checks.length === 0) return { passed: false, detail: `${build.id} has no unit tests` };
  return withScratchCell(company, { build, region, instances: 1 }, async ({ slot }) => {
    const failed: string[] = [];
    for (const check of checks) {
      const run = check.run(request => company.stack.call(slot, request));
      const reason = await failureWithin(company, CHECK_LIMIT_MS, run);
      if (reason !== null) failed.push(`${check.name}: ${reason}`);
    }
    const detail = failed.length === 0 ? `${checks.length} unit tests passed` : failed.join('; ');
    return { passed: failed.length === 0, detail };
  });
}

/** Sends typical requests over the whole catalogue to a scratch cell. It must answer nearly all, and not get worse. */
export async function runLoad(company: Company, build: Build, region: string): Promise<EvidenceResult> {
  return withScratchCell(company, { build, region, instances: LOAD_INSTANCES }, async slot => {
    const samples = await sendAll(company, build, slot);
    if (samples.length < LOAD_REQUESTS) {
      const failed = samples.filter(({ ok }) => !ok).length;
      const detail = `broken off after ${samples.length} of ${LOAD_REQUESTS} requests, of which ${failed} failed`;
      return { passed: false, detail };
    }
    const third = Math.floor(LOAD_REQUESTS / 3);
    const first = summary(samples.slice(0, third));
    const last = summary(samples.slice(-third));
    const all = summary(samples);
    const steady =
      last.okRatio >= first.okRatio - (1 - LOAD_SUCCESS) &&
      last.meanMs <= first.meanMs * LOAD_SLOWDOWN + LOAD_SLACK_MS;
    const detail =
      `${LOAD_REQUESTS} requests, ${percentOf(all.okRatio)} answered; mean ${Math.round(first.meanMs)} ms in the ` +
      `first third, ${Math.round(last.meanMs)} ms in the last`;
    return { passed: all.okRatio >= LOAD_SUCCESS && steady, detail };
  });
}

interface Sample {
  readonly ok: boolean;
  readonly tookMs: number;
}

async function sendAll(company: Company, build: Build, { slot }: SlotSpec): Promise<readonly Sample[]> {
  const { clock } = company.context;
  const samples: Sample[] = [];
  // Where a request that fails takes real seconds, a run that cannot pass any more is not walked to its end.
  const mostFailed = company.stack.kind === 'sim' ? LOAD_REQUESTS : LOAD_REQUESTS * (1 - LOAD_SUCCESS);
  let next = 0;
  let failed = 0;
  const client = async (): Promise<void> => {
    while (next < LOAD_REQUESTS && failed <= mostFailed) {
      const index = next++;
      const startedMs = clock.nowMs();
      const answer = company.stack.call(slot, build.definition.sampleRequest(index)).then(response => {
        // A declined payment or an unknown product is an answer.
        if (response.status >= 500) throw new Error(`status ${response.status}`);
      });
      const reason = await failureWithin(company, REQUEST_LIMIT_MS, answer);
      samples[index] = { ok: reason === null, tookMs: clock.nowMs() - startedMs };
      if (reason !== null) failed++;
    }
  };
  await Promise.all(Array.from({ length: LOAD_CONCURRENCY }, client));
  return samples;
}

function summary(samples: readonly Sample[]): { readonly okRatio: number; readonly meanMs: number } {
  const count = Math.max(1, samples.length);
  return {
    okRatio: samples.filter(({ ok }) => ok).length / count,
    meanMs: samples.reduce((sum, { tookMs }) => sum + tookMs, 0) / count,
  };
}

function percentOf(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** Why the work failed; null when it did not. Work that takes longer than the limit has failed. */
async function failureWithin(
  company: Company,
  limitMs: number,
  work: Promise<unknown>,
): Promise<string | null> {
  const timer = new AbortController();
  const outcome = work.then(
    () => null,
    error => messageOf(error),
  );
  const limit = company.context.clock.sleep(limitMs, timer.signal).then(
    () => `no answer within ${limitMs} ms`,
    () => null,
  );
  try {
    return await Promise.race([outcome, limit]);
  } finally {
    timer.abort();
  }
}
