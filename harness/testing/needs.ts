import { type TestContext, test } from 'vitest';
import { whatIsMissing } from './what-is-missing.ts';

/**
 * What a test may need of the machine. `engine`: a Docker engine that answers. `containers`: that, and the images that
 * `brakecheck images` builds. `browser`: a Chromium.
 */
export type Need = 'engine' | 'containers' | 'browser';

type Body = (context: TestContext) => Promise<void> | void;

/**
 * `test` for what needs more than Node.js:
 *
 *     const browserTest = needs('browser');
 *     browserTest('a shopper buys in a browser', async () => { … });
 *
 * Where the machine has none, the test is skipped with the reason, which the run's last lines repeat. With
 * `BRAKECHECK_REQUIRE=containers,browser` in the environment it fails instead.
 */
export function needs(need: Need): (sentence: string, body: Body, limitMs?: number) => void {
  return (sentence, body, limitMs = 600_000) =>
    test(sentence, { timeout: limitMs }, async context => {
      const missing = await whatIsMissing(need);
      if (missing === null) return await body(context);
      if (isRequired(need)) {
        throw new Error(`${need} is required by BRAKECHECK_REQUIRE, but ${missing}`);
      }
      context.skip(`needs ${need}: ${missing}`);
    });
}

/** An engine is a part of what `containers` asks for. */
function isRequired(need: Need): boolean {
  const required = (process.env.BRAKECHECK_REQUIRE ?? '').split(',').map(word => word.trim());
  return required.includes(need) || (need === 'engine' && required.includes('containers'));
}
