import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { BrowserStep } from './evidence.ts';

export interface WalkerDeps {
  readonly page: Page;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly evidenceDir: string;
  /** Start of every screenshot's file name. */
  readonly prefix: string;
}

/** What leads to the next page, and how the shopper knows that it is the right one. */
export interface Leg {
  readonly name: string;
  /** Opens an address or uses the page. */
  readonly act: (walker: PageWalker) => Promise<void>;
  readonly isGood: (page: Page) => Promise<boolean>;
}

const MOST_WORDS_SEEN = 200;
const SCREENSHOT_TIMEOUT_MS = 5_000;

/** Goes from page to page as a person does, and keeps a picture of each. No page, however broken, makes it throw. */
export class PageWalker {
  readonly steps: BrowserStep[] = [];
  readonly page: Page;
  private readonly deps: WalkerDeps;
  private status: number | null = null;

  constructor(deps: WalkerDeps) {
    this.deps = deps;
    this.page = deps.page;
    this.page.on('response', response => {
      if (response.request().isNavigationRequest() && response.frame() === this.page.mainFrame())
        this.status = response.status();
    });
  }

  /** Opens a page of the shop by its address. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.deps.baseUrl}${path}`, { waitUntil: 'domcontentloaded' });
  }

  /** Does what leads to a new page, and waits for that page. */
  async leave(act: () => Promise<void>): Promise<void> {
    const arrived = this.page.waitForEvent('domcontentloaded');
    // Heard of below; without this, a click that fails would leave it unheard.
    arrived.catch(() => undefined);
    await act();
    await arrived;
  }

  /** Takes the legs in turn, up to the first that fails. True when all went well. */
  async walk(legs: readonly Leg[]): Promise<boolean> {
    for (const leg of legs) {
      if (!(await this.step(leg))) return false;
    }
    return true;
  }

  private async step({ name, act, isGood }: Leg): Promise<boolean> {
    const startedMs = this.deps.clock.nowMs();
    this.status = null;
    let succeeded = false;
    let trouble = '';
    try {
      await act(this);
      succeeded = await isGood(this.page);
    } catch (error) {
      trouble = firstLine(messageOf(error));
    }
    const durationMs = this.deps.clock.nowMs() - startedMs;
    if (trouble !== '') await this.stopWaiting();
    this.steps.push({
      name,
      succeeded,
      durationMs,
      status: this.status,
      saw: trouble === '' ? await this.words() : trouble,
      screenshot: await this.picture(name),
    });
    return succeeded;
  }

  /** Gives up on a page that does not come: no picture can be taken while the browser waits for it. */
  private async stopWaiting(): Promise<void> {
    const stop = async () => {
      const session = await this.page.context().newCDPSession(this.page);
      await session.send('Page.stopLoading');
      await session.detach();
    };
    await stop().catch(() => undefined);
  }

  private async words(): Promise<string> {
    for (const selector of ['.notice', 'h1', 'body']) {
      // Of what is there now: the pages come whole, and a page that lacks one of these is not waited for.
      const [text = ''] = await this.page
        .locator(selector)
        .allInnerTexts()
        .catch(() => []);
      const words = text.replace(/\s+/g, ' ').trim();
      if (words !== '') return words.slice(0, MOST_WORDS_SEEN);
    }
    return 'an empty page';
  }

  private async picture(name: string): Promise<string | null> {
    const number = String(this.steps.length + 1).padStart(2, '0');
    const file = `${this.deps.prefix}-${number}-${name}.png`;
    const path = join(this.deps.evidenceDir, file);
    return this.page.screenshot({ path, timeout: SCREENSHOT_TIMEOUT_MS, animations: 'disabled' }).then(
      () => file,
      () => null,
    );
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, MOST_WORDS_SEEN);
}
