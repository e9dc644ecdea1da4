import { LightRequest } from '../../fixtures/retail/kit/light-request.ts';
import type { Clock } from '../kernel/clock.ts';
import type { StepExperience } from '../ports/experience.ts';

export interface VisitorDeps {
  readonly clock: Clock;
  readonly region: string;
  readonly visit: (region: string, request: Request) => Promise<Response>;
  readonly attempts: number;
  readonly pauseMs: number;
  readonly patienceMs: number;
}

/** A step's answer: what the page said, or null when the shopper gave up on it. */
export type Page = Readonly<Record<string, unknown>> | null;

export interface Ask {
  /** The service whose job the step is. */
  readonly owner: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  /** True when the page holds what the shopper came for. */
  readonly isGood: (page: Readonly<Record<string, unknown>>) => boolean;
}

/** A shopper at work: asks for pages, waits so long and no longer, tries again so often, and remembers what worked. */
export class Visitor {
  readonly steps: StepExperience[] = [];
  private readonly deps: VisitorDeps;

  constructor(deps: VisitorDeps) {
    this.deps = deps;
  }

  /** Asks until the page is good or the attempts are used up; notes the outcome for the owner's cell. */
  async ask(ask: Ask): Promise<Page> {
    for (let attempt = 1; attempt <= this.deps.attempts; attempt++) {
      const page = await this.fetchPage(ask);
      if (page !== null && ask.isGood(page)) {
        this.note(ask.owner, true);
        return page;
      }
      if (attempt < this.deps.attempts) await this.deps.clock.sleep(this.deps.pauseMs);
    }
    this.note(ask.owner, false);
    return null;
  }

  /** Notes what a page just seen says of another service's job: a missing stock figure, a missing promise. */
  note(owner: string, succeeded: boolean): void {
    this.steps.push({ cell: `${owner}/${this.deps.region}`, succeeded });
  }

  private async fetchPage(ask: Ask): Promise<Page> {
    const headers: Record<string, string> = {};
    if (ask.token !== undefined) headers.authorization = `Bearer ${ask.token}`;
    if (ask.body !== undefined) headers['content-type'] = 'application/json';
    const request = new LightRequest(`http://${this.deps.region}.shop.example${ask.path}`, {
      method: ask.method,
      headers,
      body: ask.body === undefined ? null : JSON.stringify(ask.body),
    });
    const response = await this.withPatience(this.deps.visit(this.deps.region, request));
    if (response === null || response.status >= 500) return null;
    return response.json().catch(() => null) as Promise<Page>;
  }

  private withPatience(answer: Promise<Response>): Promise<Response | null> {
    return new Promise(resolve => {
      const cancel = this.deps.clock.at(this.deps.clock.nowMs() + this.deps.patienceMs, () => resolve(null));
      answer.then(
        response => {
          cancel();
          resolve(response);
        },
        () => {
          cancel();
          resolve(null);
        },
      );
    });
  }
}
