import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../cli/workspace.ts';
import type { CedarCall } from '../guardrails/adapters/cedar/cedar-call.ts';
import { policyModule } from '../guardrails/adapters/testing/policy-module.ts';
import { anAction } from '../guardrails/testing/an-action.ts';
import { startAnsweringService } from './answering-service.ts';
import {
  type BareClient,
  bareCedar,
  bareHttp,
  bareOpaWasm,
  bareProgram,
  type SentOverHttp,
} from './bare-clients.ts';
import { type Figure, median, round } from './figure.ts';
import { type SeatedAdapter, seatAdapter } from './seated-adapter.ts';

export interface DecisionSize {
  /** Decisions of a round over HTTP; other adapters make as many as take about as long. */
  readonly decisions: number;
}

/** One adapter, and what asks the same without it. */
interface Contest {
  readonly use: string;
  readonly against: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Left out: at least this share of what the bare client makes. */
  readonly leastPerSecond?: number;
  /** Decisions of a round, as a share of `decisions`. */
  readonly share: number;
  readonly bare: (sent: unknown) => BareClient | Promise<BareClient>;
}

const ROUNDS = 5;
const LEAST_RATIO = 0.4;

/** Decisions a second of each adapter, one after the other, beside a bare client's loop that asks the very same. */
export async function decisionFigures({ decisions }: DecisionSize): Promise<Figure[]> {
  const service = await startAnsweringService();
  const folder = mkdtempSync(join(tmpdir(), 'brakecheck-bench-'));
  try {
    const figures: Figure[] = [];
    for (const contest of contests(service.url, folder))
      figures.push(await figureOf(contest, Math.max(5, Math.round(decisions * contest.share))));
    return figures;
  } finally {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function contests(url: string, folder: string): readonly Contest[] {
  const wasm = policyModule({ 'company/allow': { returns: '[{"result":true}]' } });
  const bundle = join(folder, 'policy.wasm');
  writeFileSync(bundle, wasm);
  const hook = join(folder, 'hook.sh');
  writeFileSync(hook, 'cat > /dev/null\n');
  const overHttp = {
    against: 'node:http posting the same',
    share: 1,
    bare: (sent: unknown) => bareHttp(sent as SentOverHttp),
  };
  const policies = 'aws/policies.cedar';
  return [
    { ...overHttp, use: 'authzen', options: { url: `${url}/authzen` } },
    { ...overHttp, use: 'opa', options: { url, rule: 'company/allow' } },
    { ...overHttp, use: 'webhook', options: { url: `${url}/webhook` } },
    {
      ...overHttp,
      use: 'admission',
      options: { url: `${url}/admission`, map: './kubernetes/map.yaml' },
    },
    {
      use: 'cedar',
      against: 'statefulIsAuthorized with the same call',
      share: 1,
      options: { policies: [policies], entities: './aws/entities.json', map: './aws/map.yaml' },
      bare: sent => bareCedar(sent as CedarCall, readFileSync(join(EXAMPLES, policies), 'utf8')),
    },
    {
      use: 'opa-wasm',
      // The module decides nothing, so that what is left is the harness's own work on each decision.
      against: 'evaluate of an empty module with the same input',
      leastPerSecond: 1_000,
      share: 5,
      options: { bundle },
      bare: sent => bareOpaWasm((sent as { input: unknown }).input, wasm),
    },
    {
      use: 'exec',
      against: 'spawn with the same input',
      share: 0.05,
      options: { command: ['sh', hook] },
      bare: sent => bareProgram(['sh', hook], sent),
    },
  ];
}

/** The folder of the worked examples, with their maps. */
const EXAMPLES = join(projectRoot(), 'fixtures/guardrails');

async function figureOf(contest: Contest, decisions: number): Promise<Figure> {
  const { use, against, options, bare, leastPerSecond } = contest;
  const adapter = await seatAdapter(use, options, { folder: EXAMPLES, action: anAction() });
  try {
    await adapter.ask();
    const client = await bare(adapter.sent());
    const { ours, theirs } = await rates(adapter, client, decisions);
    const ratio = ours / theirs;
    return {
      name: `decisions of ${use}, against ${against}`,
      value: round(ours, 0),
      unit: '1/s',
      floor: round(theirs, 0),
      ratio: round(ratio),
      target: leastPerSecond === undefined ? `ratio >= ${LEAST_RATIO}` : `value >= ${leastPerSecond}`,
      met: leastPerSecond === undefined ? ratio >= LEAST_RATIO : ours >= leastPerSecond,
    };
  } finally {
    await adapter.close();
  }
}

/** Medians of rounds in turn, so that what else the machine does meets both. The first round warms both up. */
async function rates(adapter: SeatedAdapter, client: BareClient, decisions: number) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let index = 0; index <= ROUNDS; index++) {
    theirs.push(await rateOf(client, decisions));
    ours.push(await rateOf(() => adapter.ask(), decisions));
  }
  return { ours: median(ours.slice(1)), theirs: median(theirs.slice(1)) };
}

async function rateOf(ask: () => Promise<unknown>, decisions: number): Promise<number> {
  const startedMs = performance.now();
  for (let index = 0; index < decisions; index++) await ask();
  return (decisions * 1_000) / (performance.now() - startedMs);
}
