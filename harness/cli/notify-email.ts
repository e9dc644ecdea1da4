import { connect, type Socket } from 'node:net';
import type { EmailMessage } from '../gameday/notify/email-message.ts';
import type { Notice } from '../gameday/notify/notice.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Attempt } from './notify-attempt.ts';
import type { MailServer } from './notify-mail-server.ts';
import { realDeadline } from './real-deadline.ts';

export interface Mail {
  readonly notice: Notice;
  readonly message: EmailMessage;
  readonly from: string;
  readonly to: readonly string[];
  readonly timeoutMs: number;
}

/** Hands a mail to a server once. It counts as sent when the server took it for one receiver at least. */
export async function sendMail(server: MailServer, mail: Mail): Promise<Attempt> {
  let socket: Socket | null = null;
  let isLate = false;
  const cancel = realDeadline(mail.timeoutMs, () => {
    isLate = true;
    socket?.destroy(new Error('too late'));
  });
  try {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      ...{ host: server.host, port: server.port, secure: server.isSecure, requireTLS: server.needsTls },
      ...(server.auth === null ? {} : { auth: server.auth }),
      ...{ greetingTimeout: mail.timeoutMs, socketTimeout: mail.timeoutMs, maxResponseSize: 64 * 1024 },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      // A socket of our own is one that can be ended in time.
      getSocket: (_options: unknown, done: SocketTaken) => {
        socket = openSocket(server, isLate, done);
      },
    });
    await transport.sendMail(composed(mail));
    return { state: 'sent' };
  } catch (error) {
    if (isLate)
      return { state: 'failed', because: `it was not done within ${mail.timeoutMs} ms`, waitMs: null };
    return faultOf(error);
  } finally {
    cancel();
    (socket as Socket | null)?.destroy();
  }
}

type SocketTaken = (error: Error | null, options?: { connection: Socket }) => void;

function openSocket({ host, port }: MailServer, isLate: boolean, done: SocketTaken): Socket {
  const opened = connect({ host, port });
  const fail = (error: Error) => done(error);
  opened.once('error', fail);
  opened.once('connect', () => {
    opened.off('error', fail);
    done(null, { connection: opened });
  });
  if (isLate) opened.destroy(new Error('too late'));
  return opened;
}

function composed({ notice, message, from, to }: Mail) {
  return {
    ...{ from, to: [...to], subject: message.subject, text: message.text, html: message.html },
    // Equal for every try, so that a reader's program shows one mail.
    messageId: `<${notice.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: new Date(notice.at),
    // RFC 3834: nobody's out-of-office note should answer.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

const REACH = /^(ECONN|ETIMEDOUT|ESOCKET|EDNS|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE)/;

function faultOf(error: unknown): Attempt {
  const { code, responseCode, response } = error as {
    code?: unknown;
    responseCode?: unknown;
    response?: unknown;
  };
  const said = typeof response === 'string' ? `: ${response}` : '';
  const name = typeof code === 'string' ? code : messageOf(error);
  if (typeof responseCode === 'number' && responseCode >= 500 && responseCode < 600 && code !== 'EPROTOCOL')
    return { state: 'refused', because: `the server refused it with ${responseCode}${said}` };
  if (typeof responseCode === 'number' && responseCode >= 400)
    return { state: 'failed', because: `the server answered with ${responseCode}${said}`, waitMs: null };
  const words = REACH.test(name)
    ? `the server could not be reached (${name})`
    : `the mail did not go (${name}${said})`;
  return { state: 'failed', because: words, waitMs: null };
}
