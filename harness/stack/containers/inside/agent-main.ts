/**
 * The composition root of an agent's workplace: a container on a network that reaches the control plane and nothing else.
 * What the harness asks it to send goes out from here.
 */
import { createRealClock } from '../../../cli/real-clock.ts';
import { keptAgent } from '../../live/kept-agent.ts';
import { sendRequest } from '../../live/send-request.ts';
import { serveFetch } from '../../live/serve-fetch.ts';
import { CONTROL_PLANE_HOST, PORT, READY } from './settings.ts';

const real = createRealClock();
const agent = keptAgent();
const url = `http://${CONTROL_PLANE_HOST}:${PORT.service}`;

await serveFetch(
  request => sendRequest(request, { url, host: CONTROL_PLANE_HOST, agent }),
  { host: '0.0.0.0', port: PORT.admin },
  real,
);
process.stdout.write(`${READY}\n`);
