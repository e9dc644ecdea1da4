import type { GuardedAction } from '../../../ports/action.ts';
import type { TranslatedAction } from '../translation/translator.ts';
import type { ExecOptions } from './exec.ts';

/** What a hook reads on its standard input. */
export interface HookRequest {
  readonly session_id: string;
  readonly transcript_path: string;
  readonly cwd: string;
  readonly permission_mode: string;
  readonly hook_event_name: 'PreToolUse';
  readonly tool_name: string;
  readonly tool_input: Readonly<Record<string, unknown>>;
  readonly tool_use_id: string;
}

/**
 * The action as the tool call that a coding agent would make: by the map's `tool` part, or without a map as a call of a
 * tool of the company's control plane. Null: there is a map, and it makes no tool call of this verb, so that no hook
 * would run.
 */
export function buildHookRequest(
  action: GuardedAction,
  { tool }: Pick<TranslatedAction, 'tool'>,
  given: Pick<ExecOptions, 'cwd' | 'map' | 'permissionMode'>,
): HookRequest | null {
  if (tool === null && given.map !== undefined) return null;
  return {
    session_id: `session-of-${action.actor.id}`,
    // There is no transcript of a scripted agent; a hook that reads it finds an empty file.
    transcript_path: '/dev/null',
    cwd: given.cwd ?? '.',
    permission_mode: given.permissionMode,
    hook_event_name: 'PreToolUse',
    tool_name: tool?.name ?? `mcp__control-plane__${action.verb.replaceAll(/[^a-z0-9]+/gi, '_')}`,
    tool_input: tool?.input ?? {
      door: action.door,
      resource: action.resource,
      params: action.params,
      because: action.because,
    },
    tool_use_id: action.id,
  };
}
