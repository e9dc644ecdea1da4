import type { Scorecard } from '../../score/scorecard.ts';
import { runReasons } from '../run-reasons.ts';
import { safeText } from '../safe-text.ts';
import type { SarifContext } from './origin.ts';
import { type SarifMessage, sarifMessage, sarifName } from './sarif-text.ts';

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly exitCodeDescription: string;
  readonly toolExecutionNotifications: readonly {
    readonly descriptor: { readonly id: string };
    readonly level: 'error' | 'warning';
    readonly message: SarifMessage;
  }[];
}

const MOST_NOTIFICATIONS = 100;

/** How the run ended. Weaknesses are what it looks for; what it could not look at, or leave as it was, is told here. */
export function sarifInvocation(card: Scorecard, { exitMeaning }: SarifContext): SarifInvocation {
  const { exit, neverRun, scenarios } = card;
  const notices = [
    ...runReasons(card).map(({ name, because }) => notice(name, because, TROUBLE.has(name))),
    ...neverRun.map(id => notice('never-run', `${sarifName(id)} was never run`, false)),
    ...scenarios
      .filter(({ verdict }) => verdict === 'inconclusive')
      .map(({ id, reason, detail }) =>
        notice(reason, `${sarifName(id)} is inconclusive: ${safeText(detail)}`, false),
      ),
  ];
  return {
    executionSuccessful: neverRun.length === 0 && scenarios.length > 0 && !TROUBLE.has(exit.name),
    exitCode: exit.code,
    exitCodeDescription: `${safeText(exit.name, 32)}: ${safeText(exitMeaning)}`,
    toolExecutionNotifications: capped(notices),
  };
}

type Notice = SarifInvocation['toolExecutionNotifications'][number];

/** Ends after which the run itself, not what it found, is in question. */
const TROUBLE: ReadonlySet<string> = new Set([
  'environment',
  'interrupted',
  'invalid',
  'terminated',
  'unclean',
]);

function notice(id: string, text: string, isTrouble: boolean): Notice {
  return {
    descriptor: { id: sarifName(id) },
    level: isTrouble ? 'error' : 'warning',
    message: sarifMessage(text),
  };
}

function capped(notices: readonly Notice[]): Notice[] {
  const more = notices.length - MOST_NOTIFICATIONS;
  const shown = notices.slice(0, MOST_NOTIFICATIONS);
  return more > 0 ? [...shown, notice('left-out', `${more} more notifications are left out`, false)] : shown;
}
