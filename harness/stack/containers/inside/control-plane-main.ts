/** The composition root of the control plane's door to the agents' network. What decides is in the harness, which collects. */
import { createRealClock } from '../../../cli/real-clock.ts';
import { serveFetch } from '../../live/serve-fetch.ts';
import { serveGate } from './gate.ts';
import { createMailbox } from './mailbox.ts';
import { type GateSettings, PORT, READY, readSettings } from './settings.ts';

const { token } = readSettings<GateSettings>(process.env);
const real = createRealClock();
const mailbox = createMailbox();

await serveFetch(mailbox.deliver, { host: '0.0.0.0', port: PORT.service }, real);
// On the loopback interface: nobody gets to it but through the gate.
await serveFetch(mailbox.collect, { host: '127.0.0.1', port: PORT.admin }, real);
await serveGate(PORT.gate, token);
process.stdout.write(`${READY}\n`);
