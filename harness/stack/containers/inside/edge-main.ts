/** The composition root of a region's edge in a container. */
import { createRealClock } from '../../../cli/real-clock.ts';
import { createRng } from '../../../kernel/rng.ts';
import { adminApp } from '../../live/admin-app.ts';
import { startEdge } from '../../live/edge.ts';
import { serveFetch } from '../../live/serve-fetch.ts';
import { serveGate } from './gate.ts';
import { type EdgeSettings, PORT, READY, readSettings } from './settings.ts';

const { seed, token } = readSettings<EdgeSettings>(process.env);
const real = createRealClock();
const chance = createRng(seed);

const { control } = await startEdge({
  address: { host: '0.0.0.0', port: PORT.service },
  real,
  unit: () => chance.next(),
});
// On the loopback interface: the harness gets to it through the gate, and nobody else at all.
await serveFetch(adminApp(control, token), { host: '127.0.0.1', port: PORT.admin }, real);
await serveGate(PORT.gate, token);
process.stdout.write(`${READY}\n`);
