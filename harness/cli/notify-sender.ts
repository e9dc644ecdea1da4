import { emailMessage } from '../gameday/notify/email-message.ts';
import type { Notice } from '../gameday/notify/notice.ts';
import { signatureHeaders } from '../gameday/notify/sign.ts';
import { slackMessage } from '../gameday/notify/slack-message.ts';
import { messageOf } from '../kernel/errors.ts';
import { escapeJsonText, safeText } from '../report/safe-text.ts';
import type { NotificationSpec } from '../scenario/notification-schema.ts';
import { type Attempt, MOST_SAID } from './notify-attempt.ts';
import { channelVariables } from './notify-channel.ts';
import { sendMail } from './notify-email.ts';
import { postJson } from './notify-http.ts';
import { readMailServer } from './notify-mail-server.ts';
import { createHttpClient } from './outside/http-client.ts';
import { createSecrets } from './outside/secrets.ts';

/** Sends notices; knows the secrets, and lets none of them out again. */
export interface Sender {
  /** Tries once, for at most `timeoutMs`. Never rejects; what it says is safe to show. */
  send(spec: NotificationSpec, notice: Notice, timeoutMs: number): Promise<Attempt>;
  /** The first variable of the channel that is not set; null when nothing is missing. */
  missing(spec: NotificationSpec): string | null;
  close(): void;
}

/** `nowMs`: the time of day, which signatures carry. */
export function createSender(env: Readonly<Record<string, string | undefined>>, nowMs: () => number): Sender {
  const secrets = createSecrets(env);
  const http = createHttpClient(() => Promise.reject(new Error('no TLS files are named')));
  const given: Given = { secrets, http, nowMs };
  const clean = (attempt: Attempt): Attempt =>
    attempt.state === 'sent'
      ? attempt
      : { ...attempt, because: safeText(secrets.redact(attempt.because), MOST_SAID) };
  return {
    missing: spec => channelVariables(spec).find(name => secrets.read(name) === null) ?? null,
    send: async (spec, notice, timeoutMs) => {
      try {
        return clean(await sendOnce(spec, { notice, timeoutMs }, given));
      } catch (error) {
        return clean({ state: 'failed', because: messageOf(error), waitMs: null });
      }
    },
    close: () => http.close(),
  };
}

interface Given {
  readonly secrets: ReturnType<typeof createSecrets>;
  readonly http: ReturnType<typeof createHttpClient>;
  readonly nowMs: () => number;
}

interface ToSend {
  readonly notice: Notice;
  readonly timeoutMs: number;
}

async function sendOnce(
  spec: NotificationSpec,
  { notice, timeoutMs }: ToSend,
  given: Given,
): Promise<Attempt> {
  if (spec.type === 'email') return sendEmail(spec, { notice, timeoutMs }, given);
  const url = addressOf(spec, given);
  if (url === null)
    return { state: 'refused', because: `${spec.urlFrom ?? 'its address'} holds no http or https address` };
  if (spec.type === 'slack') {
    const body = escapeJsonText(JSON.stringify(slackMessage(notice)));
    return postJson(given.http, { url, headers: {}, body, timeoutMs });
  }
  const key = spec.secretFrom === undefined ? null : given.secrets.read(spec.secretFrom);
  if (spec.secretFrom !== undefined && key === null)
    return {
      state: 'failed',
      because: `${spec.secretFrom} is not set, and nothing is sent unsigned`,
      waitMs: null,
    };
  const body = escapeJsonText(JSON.stringify(notice));
  const headers = signatureHeaders({ id: notice.id, body, atMs: given.nowMs() }, key);
  return postJson(given.http, { url, headers, body, timeoutMs });
}

type PostSpec = Exclude<NotificationSpec, { readonly type: 'email' }>;

/** Null for what is no address. Its path is what makes it secret, so that is hidden even where it stands alone. */
function addressOf(spec: PostSpec, { secrets }: Given): string | null {
  if (spec.type === 'webhook' && spec.url !== undefined) return spec.url;
  const name = spec.urlFrom ?? '';
  const value = secrets.read(name)?.trim() ?? '';
  if (!URL.canParse(value)) return null;
  const { protocol, pathname, search, password } = new URL(value);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  if (pathname.length > SHORTEST_PATH) secrets.hide(name, pathname);
  if (search !== '') secrets.hide(name, search);
  secrets.hide(name, password);
  return value;
}

/** Shorter ones guard nothing, and would be found in every other word. */
const SHORTEST_PATH = 8;

async function sendEmail(
  spec: Extract<NotificationSpec, { readonly type: 'email' }>,
  { notice, timeoutMs }: ToSend,
  { secrets }: Given,
): Promise<Attempt> {
  const server = readMailServer(secrets.read(spec.serverFrom)?.trim() ?? '');
  if (server === null) {
    const because = `${spec.serverFrom} holds no address such as smtp://user:password@host:587 (signs in a password as %2F)`;
    return { state: 'refused', because };
  }
  if (server.auth !== null) {
    const { user, pass } = server.auth;
    secrets.hide(spec.serverFrom, pass);
    // As AUTH PLAIN carries it, which a server may repeat.
    secrets.hide(spec.serverFrom, `\0${user}\0${pass}`);
  }
  const message = emailMessage(notice, spec.subject ?? notice.gameDay);
  return sendMail(server, { notice, message, from: spec.from, to: spec.to, timeoutMs });
}
