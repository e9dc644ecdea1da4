import { HarnessError, messageOf } from '../../../kernel/errors.ts';
import type { ContainerSpec, RunningContainer } from './container-spec.ts';
import { EngineGoneError, engineError } from './engine-error.ts';
import { LOG_OPTIONS, logText } from './log-text.ts';
import type { OwnContainerOptions } from './own-container.ts';

/** How long a container may take to be ready, when it does not say. */
const START_LIMIT_MS = 60_000;
/** Lines of its log that an error shows of a container that did not come up. */
const SHOWN_LINES = 12;

/** Starts one container and waits until it is ready. An error carries the end of its log. */
export async function startContainer(
  spec: ContainerSpec,
  options: OwnContainerOptions,
): Promise<RunningContainer> {
  const { OwnContainer } = await import('./own-container.ts');
  const tried = `start ${spec.role} from ${spec.image}`;
  try {
    const started = await new OwnContainer(spec, options).start();
    const id = started.getId();
    if (spec.readyLog !== undefined) await untilLogged(id, spec.readyLog, { spec, options });
    return {
      id,
      name: options.name,
      role: spec.role,
      ports: new Map((spec.publish ?? []).map(port => [port, started.getMappedPort(port)])),
      addresses: new Map(
        spec.networks.map(({ network }) => [network.name, started.getIpAddress(network.name)]),
      ),
    };
  } catch (error) {
    const known = engineError(tried, error);
    if (known instanceof EngineGoneError) throw known;
    throw new HarnessError('environment', {
      message: `${known.message}${await lastWords(options)}`,
      ...(known.hint === undefined ? {} : { hint: known.hint }),
      cause: error,
    });
  }
}

/** Waits for the line in its log; the container stays when it never comes, so that its log can be kept. */
async function untilLogged(
  id: string,
  line: RegExp,
  { spec, options }: { spec: ContainerSpec; options: OwnContainerOptions },
): Promise<void> {
  const { BoundPorts, Wait } = await import('testcontainers');
  await Wait.forLogMessage(line)
    .withStartupTimeout(spec.startLimitMs ?? START_LIMIT_MS)
    .waitUntilReady(options.client.container.getById(id), new BoundPorts());
}

async function lastWords({ client, name }: OwnContainerOptions): Promise<string> {
  try {
    const log = logText(await client.container.getById(name).logs(LOG_OPTIONS));
    const lines = log.trim().split('\n').slice(-SHOWN_LINES);
    return log.trim() === '' ? '; it wrote nothing' : `; it wrote last:\n${lines.join('\n')}`;
  } catch (error) {
    return `; its log could not be read (${messageOf(error)})`;
  }
}
