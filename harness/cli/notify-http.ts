import { OutsideFailure } from '../ports/outside.ts';
import type { Attempt } from './notify-attempt.ts';
import type { HttpClient } from './outside/http-client.ts';
import { TOOL } from './tool.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** Nothing in the answer is needed but its status; a longer one is somebody's mistake. */
const MOST_BYTES = 64 * 1024;
/** Statuses of a 4xx kind that say "later" and not "never". */
const LATER = [408, 409, 425, 429];

/** Posts JSON once. Any status of 200 to 299 is an arrival, whatever the body says. */
export async function postJson(http: HttpClient, post: Post): Promise<Attempt> {
  try {
    const { status, headers } = await http.exchange({
      url: post.url,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': TOOL, ...post.headers },
      body: post.body,
      ...{ timeoutMs: post.timeoutMs, maxBytes: MOST_BYTES, tls: null },
    });
    if (status >= 200 && status < 300) return { state: 'sent' };
    const because = `it answered with status ${status}`;
    const isFinal = status >= 300 && status < 500 && !LATER.includes(status);
    return isFinal
      ? { state: 'refused', because }
      : { state: 'failed', because, waitMs: waitOf(headers['retry-after']) };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    // Where it points is the receiver's text, and perhaps a copy of our secret address.
    if (error.fault === 'redirected')
      return { state: 'refused', because: 'it redirects, which is not followed' };
    return { state: 'failed', because: error.message, waitMs: null };
  }
}

/** Retry-After in seconds; a date is not read, since clocks differ. */
function waitOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1_000 : null;
}
