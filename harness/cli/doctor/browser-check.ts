import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../kernel/errors.ts';
import { isExecutable } from '../../stack/containers/images/program-on.ts';
import { findBrowser } from '../../traffic/browser/find-browser.ts';
import { type Check, missing, ok } from './check.ts';

const VERSION_LIMIT_MS = 10_000;
const TITLE = 'Browser';
const REMEDY = {
  debian: 'sudo apt-get install chromium   # or: npx playwright-core install chromium',
  macos: 'npx playwright-core install chromium',
};
const CONSEQUENCE =
  'shoppers in a browser are left out: journeys through the API carry the run, and the report says so';

/** A Chromium that starts, for the shoppers in a browser. */
export async function checkBrowser(env: Readonly<Record<string, string | undefined>>): Promise<Check> {
  const browser = await findBrowser({ env, exists: isExecutable });
  if (browser.kind === 'missing') {
    return missing('browser', TITLE, ['browser'], {
      found: browser.reason,
      consequence: CONSEQUENCE,
      remedy: REMEDY,
    });
  }
  try {
    const { stdout } = await promisify(execFile)(browser.path, ['--version', '--no-sandbox'], {
      timeout: VERSION_LIMIT_MS,
    });
    return ok('browser', TITLE, `${stdout.trim()} at ${browser.path}`);
  } catch (error) {
    return missing('browser', TITLE, ['browser'], {
      found: `${browser.path} does not start: ${messageOf(error)}`,
      consequence: CONSEQUENCE,
      remedy: REMEDY,
    });
  }
}
