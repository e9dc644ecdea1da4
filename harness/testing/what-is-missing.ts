import { messageOf } from '../kernel/errors.ts';
import { connectEngine } from '../stack/containers/engine/connect-engine.ts';
import { imageStates } from '../stack/containers/images/image-states.ts';
import { isExecutable } from '../stack/containers/images/program-on.ts';
import { findBrowser } from '../traffic/browser/find-browser.ts';
import { PROJECT } from './command-line.ts';
import type { Need } from './needs.ts';

/** Why the machine cannot give what a test needs, as the end of "…, but"; null when it can. */
export async function whatIsMissing(need: Need): Promise<string | null> {
  if (need === 'browser') {
    const browser = await findBrowser({ env: process.env, exists: isExecutable });
    return browser.kind === 'missing' ? browser.reason : null;
  }
  try {
    const client = await connectEngine(process.env.DOCKER_HOST);
    if (need === 'engine') return null;
    const absent = (await imageStates(client, PROJECT)).filter(({ state }) => state !== 'present');
    if (absent.length === 0) return null;
    return `the images ${absent.map(({ name }) => name).join(', ')} are not built (type: brakecheck images)`;
  } catch (error) {
    return messageOf(error);
  }
}
