import { closeSync, openSync, writeSync } from 'node:fs';
import { type Arm, JOURNAL_SCHEMA, type JournalEvent } from '../journal/events.ts';
import { createJournal } from '../journal/writer.ts';

/** Of so many events one is no window: a guardrail's answer, a request, a person. */
const RARE_EVERY = 50;
const WINDOW_MS = 10_000;
const BUFFER_LETTERS = 1 << 20;
const REGIONS = ['na', 'eu'] as const;
const PLACES = ['pricing', 'inventory', 'checkout'] as const;

/** Writes a journal of that many events, as the writer of a run lays it out: months of a shop in which little goes wrong. */
export function writeSyntheticJournal(path: string, events: number, arm: Arm = 'guarded'): void {
  let nowMs = 0;
  let gathered = '';
  const file = openSync(path, 'w');
  const flush = () => {
    writeSync(file, gathered);
    gathered = '';
  };
  const journal = createJournal(
    { nowMs: () => nowMs },
    {
      append: line => {
        gathered += line;
        if (gathered.length > BUFFER_LETTERS) flush();
      },
    },
  );
  journal.write(header(arm, events * WINDOW_MS));
  for (let index = 1; index < events - 1; index++) {
    nowMs += index % RARE_EVERY === 0 ? 0 : WINDOW_MS;
    journal.write(index % RARE_EVERY === 0 ? rare(index) : window(index, nowMs));
  }
  journal.write({ type: 'closed', status: 'completed', reason: 'horizon' });
  flush();
  closeSync(file);
}

function header(arm: Arm, horizonMs: number): JournalEvent {
  const services = Object.fromEntries(PLACES.map(name => [name, { regions: REGIONS, tier: 1 }]));
  const guardrails = [{ id: 'two-person-rule' }, { id: 'required-evidence' }];
  return {
    type: 'header',
    schema: JOURNAL_SCHEMA,
    tool: 'bench',
    arm,
    stack: 'sim',
    seed: '1',
    scenario: { id: 'synthetic', digest: 'sha256:0' },
    world: { digest: 'sha256:0' },
    profile: { id: 'synthetic', digest: 'sha256:0' },
    builds: {},
    plan: {
      scenario: { metadata: { id: 'synthetic', title: 'Made for a benchmark' } },
      world: { objective: 0.9, regions: REGIONS, services },
      profile: { id: 'synthetic', guardrails },
      routes: [],
      gateMs: 0,
      horizonMs,
    },
  };
}

function rare(index: number): JournalEvent {
  const kind = Math.floor(index / RARE_EVERY) % 3;
  if (kind === 0)
    return { type: 'agent', agent: 'agent-1', stepId: null, phase: 'waiting', text: `for approval ${index}` };
  if (kind === 1) {
    const answer = { effect: 'allow', reason: 'it changes nothing in production' } as const;
    const subject = `action-${index}`;
    return {
      type: 'guardrail-answered',
      guardrail: 'two-person-rule',
      about: 'action',
      subject,
      answer,
      countedAs: 'allow',
    };
  }
  const approvalId = `approval-${index}`;
  return {
    type: 'approval',
    approvalId,
    actionId: `action-${index}`,
    phase: 'granted',
    by: 'reviewer-1',
    reason: '',
    demand: null,
  };
}

/** Three lines in a hundred fail, so that no two windows are quite alike. */
function window(index: number, toMs: number): JournalEvent {
  const failed = index % 33 === 0 ? 1 : 0;
  return {
    type: 'window',
    fromMs: toMs - WINDOW_MS,
    toMs,
    journeys: REGIONS.map(region => ({
      journey: 'buy',
      region,
      succeeded: 1 + (index % 4),
      failed,
      latency: [[64, 1 + (index % 4) + failed]],
      steps: PLACES.map(name => [`${name}/${region}`, 1 + (index % 4) + failed, failed] as const),
    })),
    money: [],
  };
}
