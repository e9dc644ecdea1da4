import { HarnessError } from '../kernel/errors.ts';
import { isExecutable } from '../stack/containers/images/program-on.ts';
import { findBrowser } from '../traffic/browser/find-browser.ts';
import type { StackKind } from './stage-factories.ts';

/** What `--browser` says. */
export type BrowserMode = 'off' | 'auto' | 'require';

/** How the arms of a run come to their browser; it goes to their threads. */
export type BrowserUse =
  | { readonly path: string; readonly isRequired: boolean }
  /** Why no arm has one. */
  | { readonly missing: string };

/**
 * Looks for a browser before anything is started. Null in the simulation, whose shop has no ports. Throws an
 * `environment` error when one is required and there is none, and a `usage` error when the stack has no use for it.
 */
export async function chooseBrowser(mode: BrowserMode, stack: StackKind): Promise<BrowserUse | null> {
  if (stack === 'sim') {
    if (mode !== 'require') return null;
    throw new HarnessError('usage', {
      message:
        'could not send a browser into the stack "sim": its shop has no address that a browser could open',
      hint: 'Say --stack local or --stack containers, or leave --browser out.',
    });
  }
  if (mode === 'off') return { missing: 'it was turned off with --browser off' };
  const browser = await findBrowser({ env: process.env, exists: isExecutable });
  if (browser.kind === 'found') return { path: browser.path, isRequired: mode === 'require' };
  if (mode === 'auto') return { missing: browser.reason };
  throw new HarnessError('environment', {
    message: `could not start the run, which requires a browser: ${browser.reason}`,
    hint: 'Install one (Debian, Ubuntu: sudo apt-get install chromium), or run with --browser auto; see: brakecheck doctor',
  });
}
