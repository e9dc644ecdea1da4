import { createHmac } from 'node:crypto';
import type { HttpReply, Outside } from '../../../ports/outside.ts';
import { AdapterFault, type Notes } from '../adapter.ts';
import { assertPem } from './assert-pem.ts';
import type { ServiceOptions } from './service-options.ts';

/** A service that is asked with JSON over HTTP: each question one POST, never sent twice. */
export interface Service {
  /** Rejects with an `OutsideFailure`. Notes request and response. */
  post(body: unknown, notes: Notes, extra?: PostExtra): Promise<HttpReply>;
}

interface PostExtra {
  /** Instead of the options' own. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A decision is short; a longer body is no decision. */
const MOST_BYTES = 262_144;
/** A shorter secret could not be redacted without harming other text. */
const SHORTEST_SECRET = 8;

/** Connects the options with the world outside. Rejects where a secret is missing or too short, or a file of TLS is not there. */
export async function createService(
  options: ServiceOptions,
  { outside, timeLimitMs }: { readonly outside: Outside; readonly timeLimitMs: number },
): Promise<Service> {
  const secretHeaders = readSecretHeaders(options, outside);
  const sign = createSigner(options, outside);
  const tls = options.tls;
  await assertPem(tls, outside);
  return {
    post: async (value, notes, { url = options.url, headers = {} } = {}) => {
      const body = JSON.stringify(value);
      const plain = {
        'content-type': 'application/json',
        accept: 'application/json',
        ...headers,
        ...options.headers,
      };
      const sent = { ...plain, ...secretHeaders.sent, ...sign.sent(body) };
      notes.sent({
        method: 'POST',
        url,
        headers: { ...plain, ...secretHeaders.shown, ...sign.shown },
        body: value,
      });
      const reply = await outside.http({
        url,
        method: 'POST',
        headers: sent,
        body,
        timeoutMs: timeLimitMs,
        maxBytes: MOST_BYTES,
        tls: tls === undefined ? null : { ca: tls.ca ?? null, cert: tls.cert ?? null, key: tls.key ?? null },
      });
      notes.received({ status: reply.status, body: shownBody(reply.body) });
      return reply;
    },
  };
}

/** The body of a 2xx reply as JSON. Throws an `AdapterFault` for other statuses, and for what is no JSON. */
export function jsonBody(reply: HttpReply): unknown {
  if (reply.status < 200 || reply.status > 299) {
    const text = reply.body.trim();
    const said = text === '' ? 'with an empty body' : `and said: ${text}`;
    throw new AdapterFault('failed', { reason: `it answered with status ${reply.status} ${said}` });
  }
  if (reply.body.trim() === '') {
    throw new AdapterFault('nonsense', {
      reason: `it answered with status ${reply.status} and an empty body`,
    });
  }
  try {
    return JSON.parse(reply.body);
  } catch {
    throw new AdapterFault('nonsense', { reason: `its body is no JSON: ${reply.body}` });
  }
}

interface SecretHeaders {
  readonly sent: Readonly<Record<string, string>>;
  readonly shown: Readonly<Record<string, string>>;
}

function readSecretHeaders({ auth }: ServiceOptions, outside: Outside): SecretHeaders {
  const sent: Record<string, string> = {};
  const shown: Record<string, string> = {};
  if (auth.bearerFrom !== undefined) {
    sent.authorization = `Bearer ${requireSecret(auth.bearerFrom, outside)}`;
    shown.authorization = `Bearer (secret from ${auth.bearerFrom})`;
  }
  for (const [name, variable] of Object.entries(auth.headerFrom ?? {})) {
    sent[name] = requireSecret(variable, outside);
    shown[name] = `(secret from ${variable})`;
  }
  return { sent, shown };
}

function createSigner({ sign }: ServiceOptions, outside: Outside) {
  if (sign === undefined) return { sent: () => ({}), shown: {} };
  const { algorithm, header, prefix, hmacFrom } = sign;
  const secret = requireSecret(hmacFrom, outside);
  return {
    sent: (body: string) => ({
      [header]: `${prefix}${createHmac(algorithm, secret).update(body).digest('hex')}`,
    }),
    shown: { [header]: `${prefix}(HMAC-${algorithm.toUpperCase()} of the body, key from ${hmacFrom})` },
  };
}

function requireSecret(name: string, outside: Outside): string {
  const secret = outside.secret(name);
  if (secret === null) throw new Error(`the environment variable ${name}, which it needs, is not set`);
  if (secret.length < SHORTEST_SECRET) {
    throw new Error(
      `the secret in ${name} is shorter than ${SHORTEST_SECRET} characters and could not be redacted`,
    );
  }
  // Header values are Latin-1 without line ends; anything else would fail at each question.
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new Error(`the secret in ${name} has characters that no header can carry`);
  return secret;
}

/** As JSON where it is JSON, so that it reads as the request does. */
function shownBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
