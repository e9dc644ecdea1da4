/** One request, as plain data. */
export interface Letter {
  readonly id: number;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly body: string;
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

interface Mailbox {
  /** Hands the request on to whoever collects, and waits for the reply. */
  deliver(request: Request): Promise<Response>;
  /** What the collector calls: `POST /next` waits for a letter, `POST /replies/:id` answers it. */
  collect(request: Request): Promise<Response>;
}

/** Requests that may wait at once, answered or not: an agent makes one after the other. */
const MOST_WAITING = 100;

/**
 * Carries requests from a network that reaches nothing to a harness that nothing reaches: whoever asks waits here until
 * the harness has collected the request and sent its reply.
 */
export function createMailbox(): Mailbox {
  const unread: Letter[] = [];
  const askers = new Map<number, (reply: Reply) => void>();
  const collectors: ((letter: Letter) => void)[] = [];
  let count = 0;
  return {
    deliver: async request => {
      if (askers.size >= MOST_WAITING) return Response.json({ error: 'too many requests' }, { status: 503 });
      const { pathname, search } = new URL(request.url);
      const letter = {
        id: ++count,
        method: request.method,
        path: pathname + search,
        body: await request.text(),
      };
      const reply = new Promise<Reply>(resolve => askers.set(letter.id, resolve));
      const collector = collectors.shift();
      if (collector === undefined) unread.push(letter);
      else collector(letter);
      const { status, body } = await reply;
      return new Response(body, { status, headers: { 'content-type': 'application/json' } });
    },
    collect: async request => {
      const { pathname } = new URL(request.url);
      if (pathname === '/next') {
        const letter = unread.shift() ?? (await new Promise<Letter>(resolve => collectors.push(resolve)));
        return Response.json(letter);
      }
      const id = Number(pathname.replace('/replies/', ''));
      const asker = askers.get(id);
      if (asker === undefined) return Response.json({ error: 'nobody waits for that' }, { status: 404 });
      askers.delete(id);
      asker((await request.json()) as Reply);
      return Response.json({});
    },
  };
}
