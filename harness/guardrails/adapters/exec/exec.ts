import { z } from 'zod';
import type { ExecReply } from '../../../ports/outside.ts';
import { OutsideFailure } from '../../../ports/outside.ts';
import { duration } from '../../../scenario/common-schema.ts';
import { AdapterFault, defineAdapter } from '../adapter.ts';
import { buildHookRequest } from './build-hook-request.ts';
import { readHookReply } from './read-hook-reply.ts';

const text = z.string().min(1).max(500);

const options = z.strictObject({
  command: z
    .tuple([text], z.string().max(2_000))
    .describe(
      'The program and its arguments; no shell reads them. A path counts from the folder of this profile.',
    ),
  cwd: text
    .optional()
    .describe('Working folder, from the folder of this profile; that folder when left out.'),
  env: z
    .record(z.string().max(100), z.string().max(2_000))
    .default({})
    .describe('Its whole environment besides PATH.'),
  secrets: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z_]\w*$/)
        .max(100),
    )
    .max(20)
    .default([])
    .describe('Variables handed on from our environment, redacted wherever they would be shown.'),
  files: z
    .array(text)
    .max(20)
    .default([])
    .describe('Files that its answer hangs on; they belong to the digest of the profile.'),
  map: text.optional().describe('A Map file whose `tool` parts say which tool call an action is.'),
  permissionMode: text.default('default').describe('Told to the hook as permission_mode.'),
  failure: z
    .enum(['continue', 'block'])
    .default('continue')
    .describe(
      'What your agent does when the hook crashes, cannot start or is too slow. continue lets the action through.',
    ),
  expiresAfter: duration
    .prefault('8h')
    .describe('How long a request for approval (ask) stays open, in world time.'),
});
export type ExecOptions = z.infer<typeof options>;

/** Longest output that is read of a hook. */
const MOST_BYTES = 1_000_000;

/**
 * A hook before tools as coding agents run it, unchanged: the tool call as JSON on standard input, the ruling as an exit
 * code and JSON on standard output. A hook that fails means what it means to the agent, whatever `onFailure` says.
 * @see https://code.claude.com/docs/en/hooks
 */
export const exec = defineAdapter({
  name: 'exec',
  summary: 'Runs your hook program as coding agents do before a tool call: JSON in, exit code and JSON out.',
  home: 'program',
  options,
  files: ({ command, files, map }) => [
    ...(command[0].includes('/') ? [command[0]] : []),
    ...files,
    ...(map === undefined ? [] : [map]),
  ],
  open: async (given, { outside, words, timeLimitMs }) => {
    const env = { ...given.env };
    for (const name of given.secrets) {
      const value = outside.secret(name);
      if (value === null) throw new AdapterFault('not-loaded', { reason: `the variable ${name} is not set` });
      env[name] = value;
    }
    return {
      decide: async (action, notes) => {
        const request = buildHookRequest(action, words.translate(action), given);
        if (request === null)
          return { answer: { effect: 'allow', reason: 'the map makes no tool call of it' } };
        notes.sent(request);
        const running = outside.exec({
          command: given.command,
          ...(given.cwd === undefined ? {} : { cwd: given.cwd }),
          stdin: `${JSON.stringify(request)}\n`,
          env,
          timeoutMs: timeLimitMs,
          maxBytes: MOST_BYTES,
        });
        const reply = await running.catch((error: unknown) => failAsAgent(error, given));
        notes.received(reply);
        return readHookReply(action, { reply, sent: request.tool_input, given });
      },
      close: async () => {},
    };
  },
});

/** A hook that cannot start, hangs or floods its output is no obstacle to the agent, unless it was set up to be one. */
function failAsAgent(error: unknown, { failure }: Pick<ExecOptions, 'failure'>): ExecReply {
  if (!(error instanceof OutsideFailure)) throw error;
  throw new AdapterFault(error.fault === 'timeout' ? 'timed-out' : 'unreachable', {
    reason: `${error.message}; ${meaningOf(failure)}`,
    countsAs: failure === 'continue' ? 'open' : 'closed',
  });
}

/** What a failing hook means to the agent, for the journal. */
export function meaningOf(failure: ExecOptions['failure']): string {
  return failure === 'continue'
    ? 'the agent goes on when its hook fails, so the action was let through'
    : 'the agent is set to block when its hook fails';
}
