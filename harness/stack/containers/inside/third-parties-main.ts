/** The composition root of the third parties in a container: all of them in one, told apart by the host name asked for. */
import { createRealClock } from '../../../cli/real-clock.ts';
import { createRng } from '../../../kernel/rng.ts';
import { adminApp } from '../../live/admin-app.ts';
import { LiveServiceClock } from '../../live/live-service-clock.ts';
import { serveFetch } from '../../live/serve-fetch.ts';
import { createWorldThirdParties } from '../../world-third-parties.ts';
import { PORT, READY, readSettings, type ThirdPartySettings } from './settings.ts';

const { figures, seed, worldNowMs, token } = readSettings<ThirdPartySettings>(process.env);
const real = createRealClock();
const clock = new LiveServiceClock(real, worldNowMs);
const parties = createWorldThirdParties(figures, createRng(seed), clock);

await serveFetch(request => parties.fetch(request), { host: '0.0.0.0', port: PORT.service }, real);
// They have a clock to be set, and nothing else of what an instance has.
const control = {
  route: async () => undefined,
  setWorldTime: async (nowMs: number) => clock.moveTo(nowMs),
  warm: async () => undefined,
  drain: async () => [],
  stop: async () => undefined,
};
await serveFetch(adminApp(control, token), { host: '0.0.0.0', port: PORT.admin }, real);
process.stdout.write(`${READY}\n`);
