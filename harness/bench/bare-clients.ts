import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import type { CedarCall } from '../guardrails/adapters/cedar/cedar-call.ts';

/** Asks once, in the plainest way that its library has. */
export type BareClient = () => Promise<unknown>;

/** The request that an adapter sent, as its exchange shows it. */
export interface SentOverHttp {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The same request over a connection that is kept, the answer read as JSON. */
export function bareHttp({ url, headers, body }: SentOverHttp): BareClient {
  const agent = new Agent({ keepAlive: true });
  return () =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const length = { 'content-length': Buffer.byteLength(text) };
      const asking = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      });
      asking.on('error', reject);
      asking.end(text);
    });
}

/** The same call of Cedar's engine, by policies that it has parsed once. */
export async function bareCedar(call: CedarCall, policies: string): Promise<BareClient> {
  const engine = await import('@cedar-policy/cedar-wasm/nodejs');
  engine.preparsePolicySet('bare', { staticPolicies: policies });
  return async () => engine.statefulIsAuthorized({ ...call, preparsedPolicySetId: 'bare' });
}

/** The same input to the compiled policy. */
export async function bareOpaWasm(input: unknown, wasm: Uint8Array): Promise<BareClient> {
  const { loadPolicy } = await import('@open-policy-agent/opa-wasm');
  const policy = await loadPolicy(new Uint8Array(wasm));
  return async () => policy.evaluate(input, 0);
}

/** The same program with the same input, to its end. */
export function bareProgram([program = '', ...args]: readonly string[], stdin: unknown): BareClient {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { stdio: 'pipe' });
      let printed = '';
      child.stdout.on('data', (part: Buffer) => {
        printed += part.toString();
      });
      child.on('error', reject);
      child.on('close', code => resolve({ code, printed }));
      child.stdin.on('error', () => {});
      child.stdin.end(`${JSON.stringify(stdin)}\n`);
    });
}
