import { z } from 'zod';
import type { Constraints, Decision, GuardedAction } from '../../../ports/action.ts';
import type { ExecReply } from '../../../ports/outside.ts';
import { demandGrants } from '../../built-in/support/grants.ts';
import { type AdapterAnswer, AdapterFault } from '../adapter.ts';
import { type ExecOptions, meaningOf } from './exec.ts';
import { narrowedInput } from './narrowed-input.ts';

interface Reading {
  readonly reply: ExecReply;
  /** The tool's input as it was sent. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly given: Pick<ExecOptions, 'failure' | 'expiresAfter'>;
}

const specific = z.looseObject({
  hookEventName: z.literal('PreToolUse'),
  permissionDecision: z.enum(['allow', 'deny', 'ask', 'defer']).optional(),
  permissionDecisionReason: z.string().optional(),
  updatedInput: z.record(z.string(), z.unknown()).optional(),
});

const replySchema = z.looseObject({
  continue: z.boolean().optional(),
  stopReason: z.string().optional(),
  // The older form, which agents still take.
  decision: z.enum(['approve', 'block']).optional(),
  reason: z.string().optional(),
  hookSpecificOutput: specific.optional(),
});
type HookOutput = z.infer<typeof replySchema>;

const SILENT: AdapterAnswer<Decision> = {
  answer: { effect: 'allow', reason: 'the hook had no objection (exit code 0, no decision)' },
};

/**
 * What the reply means to a coding agent. Exit code 2 blocks; any other code but 0 is a failure that blocks nothing,
 * unless the agent is set up to block; an output that cannot be read as JSON is a failure too, and lets the action
 * through at every agent. Throws an `AdapterFault` for failures, with what they count as.
 */
export function readHookReply(
  action: GuardedAction,
  { reply, sent, given }: Reading,
): AdapterAnswer<Decision> {
  const { code, signal, stdout, stderr } = reply;
  if (code === 2)
    return { answer: denied(stderr.trim() || 'the hook blocked it (exit code 2) and gave no reason') };
  if (code !== 0) {
    const how = code === null ? `signal ${signal} ended the hook` : `the hook ended with exit code ${code}`;
    const said = stderr.trim() === '' ? '' : ` (${stderr.trim().slice(0, 200)})`;
    throw new AdapterFault('failed', {
      reason: `${how}${said}; ${meaningOf(given.failure)}`,
      countsAs: given.failure === 'continue' ? 'open' : 'closed',
    });
  }
  const output = stdout.trim();
  // Text is shown to the user of the agent and decides nothing.
  if (!output.startsWith('{')) return SILENT;
  return rulingOf(action, parsedOutput(output), { sent, given });
}

function parsedOutput(output: string): HookOutput {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    throw unread('its output begins like JSON and is none');
  }
  const read = replySchema.safeParse(json);
  if (read.success) return read.data;
  const first = read.error.issues[0];
  throw unread(`its output is wrong at ${first?.path.join('.') || 'its root'}: ${first?.message}`);
}

function rulingOf(
  action: GuardedAction,
  output: HookOutput,
  { sent, given }: Omit<Reading, 'reply'>,
): AdapterAnswer<Decision> {
  if (output.continue === false) return { answer: denied(output.stopReason ?? 'the hook stopped the agent') };
  const ruling = output.hookSpecificOutput;
  const decision = ruling?.permissionDecision ?? (output.decision === 'block' ? 'deny' : output.decision);
  const reason = ruling?.permissionDecisionReason ?? output.reason ?? `the hook said ${decision}`;
  const narrowing = narrowedInput(sent, ruling?.updatedInput);
  switch (decision) {
    case undefined:
      return narrowing === null ? SILENT : { answer: allowed('the hook changed the input', narrowing) };
    case 'deny':
      return { answer: denied(reason) };
    case 'defer':
      return { answer: undefined, why: `the hook deferred the decision: ${reason}` };
    case 'ask': {
      const demand = { count: 1, level: 'junior', expiresAfterMs: given.expiresAfter } as const;
      const asked = demandGrants(action, demand, reason);
      return { answer: asked.effect === 'allow' ? allowed(asked.reason, narrowing) : asked };
    }
    default:
      return { answer: allowed(reason, narrowing) };
  }
}

function allowed(reason: string, constraints: Constraints | null): Decision {
  return constraints === null ? { effect: 'allow', reason } : { effect: 'narrow', reason, constraints };
}

function denied(reason: string): Decision {
  return { effect: 'deny', reason, remedies: [] };
}

function unread(reason: string): AdapterFault {
  return new AdapterFault('nonsense', {
    reason: `${reason}; an agent takes that for no decision, so the action was let through`,
    countsAs: 'open',
  });
}
