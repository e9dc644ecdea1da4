/** The far side of a guest's thread: loads the user's module, then answers questions until it is terminated. */
import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { GuardrailDefinition, GuardrailInstance } from '../../ports/guardrail.ts';
import { type FromGuest, type GuestThreadData, LONGEST_ANSWER, type ToGuest } from './messages.ts';

/** Reasons and other texts are cut here already, so that one huge text does not make the whole answer unreadable. */
const LONGEST_TEXT = 4_000;
const PACKAGE_EXPORT = 'brakecheck/guardrail';
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

const data = workerData as GuestThreadData;
// The module lies anywhere on the user's disk; the import that the guide teaches must work there as well.
const guardrailUrl = new URL(`../guardrail.${EXTENSION}`, import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === PACKAGE_EXPORT ? guardrailUrl : specifier, context),
});

discardOutput(process.stdout);
discardOutput(process.stderr);

let nowMs = 0;
const instance = await load();
if (instance !== null) {
  parentPort?.on('message', (message: ToGuest) => {
    void receive(instance, message);
  });
}

async function load(): Promise<GuardrailInstance | null> {
  try {
    const module = (await import(data.moduleUrl)) as Record<string, unknown>;
    const definition = (module.default ?? module.guardrail) as GuardrailDefinition | undefined;
    if (typeof definition?.create !== 'function' || typeof definition.options?.safeParse !== 'function') {
      post({ kind: 'not-loaded', reason: 'it exports no guardrail, neither as default nor as "guardrail"' });
      return null;
    }
    const options = definition.options.safeParse(data.options);
    if (!options.success) {
      const first = options.error.issues[0];
      const where = first?.path.join('.') || 'their root';
      post({ kind: 'not-loaded', reason: `its options are wrong at ${where}: ${first?.message}` });
      return null;
    }
    const created = definition.create(options.data, { nowMs: () => nowMs });
    post({
      kind: 'loaded',
      decide: typeof created.decide === 'function',
      gateRollout: typeof created.gateRollout === 'function',
      watch: typeof created.watch === 'function',
      carriedOut: typeof created.carriedOut === 'function',
      rolloutPlan: created.rolloutPlan ?? null,
    });
    return created;
  } catch (error) {
    post({ kind: 'not-loaded', reason: `it could not be loaded: ${textOf(error)}` });
    return null;
  }
}

async function receive(guest: GuardrailInstance, message: ToGuest): Promise<void> {
  nowMs = message.nowMs;
  if (message.kind === 'carried-out') {
    try {
      guest.carriedOut?.(message.action as never);
    } catch {
      // Nobody waits for an answer; a guest that loses count shows it in its next one.
    }
    return;
  }
  let answer: unknown;
  try {
    answer = await guest[message.method]?.(message.about as never);
  } catch (error) {
    post({ kind: 'no-answer', id: message.id, fault: 'threw', reason: `it threw: ${textOf(error)}` });
    return;
  }
  post(packed(message.id, answer));
}

function packed(id: number, answer: unknown): FromGuest {
  try {
    const json = JSON.stringify(answer, (_key, value) =>
      typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value,
    ) as string | undefined;
    if (json === undefined && answer !== undefined) {
      return { kind: 'no-answer', id, fault: 'nonsense', reason: `its answer is a ${typeof answer}` };
    }
    if (json === undefined || json.length <= LONGEST_ANSWER)
      return { kind: 'answer', id, json: json ?? null };
    return { kind: 'no-answer', id, fault: 'nonsense', reason: `its answer is too long (${json.length})` };
  } catch (error) {
    return { kind: 'no-answer', id, fault: 'nonsense', reason: `its answer is no data: ${textOf(error)}` };
  }
}

/** What a guest prints would pile up in memory or reach the terminal with its escapes. */
function discardOutput(stream: NodeJS.WriteStream): void {
  Object.assign(stream, {
    write: (...written: unknown[]) => {
      const done = written.at(-1);
      if (typeof done === 'function') queueMicrotask(() => done());
      return true;
    },
  });
}

function post(message: FromGuest): void {
  parentPort?.postMessage(message);
}

/** The text of anything thrown, also of things that throw when they are read. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown).slice(0, LONGEST_TEXT);
  } catch {
    return 'something unreadable';
  }
}
