/** The composition root of one service instance in a container. Bundled with the build in the place of `brakecheck-build`. */
import { service } from 'brakecheck-build';
import { createRealClock } from '../../../cli/real-clock.ts';
import { messageOf } from '../../../kernel/errors.ts';
import { adminApp } from '../../live/admin-app.ts';
import { startInstanceHost } from '../../live/instance-host.ts';
import { LiveServiceClock } from '../../live/live-service-clock.ts';
import { serveFetch } from '../../live/serve-fetch.ts';
import { ServedLog } from '../../live/served-log.ts';
import { openPostgres } from '../../postgres/postgres-connection.ts';
import { postgresDialect } from '../../postgres/postgres-dialect.ts';
import { PORT, READY, readSettings, type ServiceSettings } from './settings.ts';

const { order, build, database, token } = readSettings<ServiceSettings>(process.env);
const real = createRealClock();
const clock = new LiveServiceClock(real, order.worldNowMs);
const served = new ServedLog();

const { control } = await startInstanceHost({
  order,
  build: { ...build, service: order.slot.service, definition: service },
  address: { host: '0.0.0.0', port: PORT.service },
  real,
  clock,
  database: { open: connect, dialect: postgresDialect },
  onServed: request => {
    served.add(request);
    if (request.failed) say(`a request failed after ${request.latencyMs} ms`);
  },
});
await serveFetch(
  adminApp({ ...control, drain: async () => served.drain() }, token),
  { host: '0.0.0.0', port: PORT.admin },
  real,
);
say(READY);

async function connect() {
  try {
    return await openPostgres(database);
  } catch (error) {
    say(`no connection to the database: ${messageOf(error)}`);
    throw error;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
