import { gunzipSync } from 'node:zlib';
import { messageOf } from '../../../kernel/errors.ts';
import type { Outside } from '../../../ports/outside.ts';
import { AdapterFault } from '../adapter.ts';
import type { OpaWasmOptions } from './opa-wasm.ts';
import { readTar } from './read-tar.ts';

/** A compiled policy, with its data. */
export interface PolicyModule {
  /** The result set as JSON has it. Throws whatever the module throws. */
  evaluate(input: unknown, entrypoint: string | number): unknown;
}

/** Longest that a bundle may become when it is unpacked. */
const MOST_BYTES = 100_000_000;

/** Loads the module and its data. Throws an `AdapterFault` for what is no compiled policy, or has no such entry point. */
export async function loadPolicyModule(
  { bundle, data, entrypoint }: Pick<OpaWasmOptions, 'bundle' | 'data' | 'entrypoint'>,
  outside: Outside,
): Promise<PolicyModule> {
  const { wasm, dataText } = unpacked(await outside.readBytes(bundle), bundle);
  const { loadPolicy } = await import('@open-policy-agent/opa-wasm');
  const policy = await loadPolicy(new Uint8Array(wasm)).catch((error: unknown) => {
    throw notLoaded(`${bundle} is no policy that OPA compiled to WebAssembly: ${messageOf(error)}`);
  });
  const known: unknown = policy.entrypoints;
  const names = typeof known === 'object' && known !== null ? Object.keys(known) : [];
  if (entrypoint !== undefined && !names.includes(entrypoint)) {
    throw notLoaded(`${bundle} has no entry point ${entrypoint} (it has: ${names.join(', ')})`);
  }
  const text = data === undefined ? dataText : await outside.readText(data);
  if (text !== null) policy.setData(parsedData(text, data ?? `the data.json of ${bundle}`));
  return { evaluate: (input, entry) => policy.evaluate(input, entry) as unknown };
}

interface Unpacked {
  readonly wasm: Uint8Array;
  readonly dataText: string | null;
}

/** A bundle is a gzipped tar archive that holds policy.wasm, and data.json where there is data. */
function unpacked(bytes: Uint8Array, path: string): Unpacked {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return { wasm: bytes, dataText: null };
  let files: ReadonlyMap<string, Uint8Array>;
  try {
    files = readTar(gunzipSync(bytes, { maxOutputLength: MOST_BYTES }));
  } catch (error) {
    throw notLoaded(`${path} is no bundle: ${messageOf(error)}`);
  }
  const wasm = files.get('policy.wasm');
  if (wasm === undefined) throw notLoaded(`${path} holds no policy.wasm; build it with: opa build -t wasm`);
  const data = files.get('data.json');
  return { wasm, dataText: data === undefined ? null : new TextDecoder().decode(data) };
}

function parsedData(text: string, name: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, like any other text that is no mapping.
  }
  throw notLoaded(`${name} is no JSON mapping`);
}

function notLoaded(reason: string): AdapterFault {
  return new AdapterFault('not-loaded', { reason });
}
