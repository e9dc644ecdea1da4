/**
 * What the harness relies on in Ryuk, for a machine on which Ryuk's own image cannot be had. Over TCP a client names labels,
 * each acknowledged; once the last client has hung up, everything in the engine with such a label is removed.
 * Protocol: https://github.com/testcontainers/moby-ryuk, README.
 */
import { request } from 'node:http';
import { createServer } from 'node:net';

const labels = new Set<string>();
let clients = 0;

createServer(socket => {
  clients++;
  socket.on('data', chunk => {
    for (const line of chunk.toString().split(/\r?\n/)) {
      if (!line.startsWith('label=')) continue;
      labels.add(line.slice('label='.length));
      socket.write('ACK\n');
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clients--;
    if (clients === 0) void removeAll().then(() => process.exit(0));
  });
}).listen(8080, () => process.stdout.write('Started\n'));

async function removeAll(): Promise<void> {
  for (const label of labels) {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    const containers = (await ask('GET', `/containers/json?all=1&filters=${filters}`)) as { Id: string }[];
    // Its own container has the label as well: it ends by itself.
    const others = containers.filter(({ Id }) => !Id.startsWith(process.env.HOSTNAME ?? '-'));
    await Promise.all(others.map(({ Id }) => ask('DELETE', `/containers/${Id}?force=1&v=1`)));
    const networks = (await ask('GET', `/networks?filters=${filters}`)) as { Id: string }[];
    for (const { Id } of networks) await ask('DELETE', `/networks/${Id}`);
    const { Volumes } = (await ask('GET', `/volumes?filters=${filters}`)) as { Volumes: { Name: string }[] };
    for (const { Name } of Volumes ?? []) await ask('DELETE', `/volumes/${Name}`);
  }
}

/** Asks the engine; the answer as JSON, null when it has none. */
function ask(method: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: '/var/run/docker.sock', method, path }, answer => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => resolve(text === '' ? null : JSON.parse(text)));
    });
    asked.on('error', reject);
    asked.end();
  });
}
