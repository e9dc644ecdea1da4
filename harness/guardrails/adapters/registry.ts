import type { AdapterDefinition } from './adapter.ts';
import { admission } from './admission/admission.ts';
import { authzen } from './authzen/authzen.ts';
import { cedar } from './cedar/cedar.ts';
import { exec } from './exec/exec.ts';
import { opa } from './opa/opa.ts';
import { opaWasm } from './opa-wasm/opa-wasm.ts';
import { webhook } from './webhook/webhook.ts';

/** The adapters by name, in alphabetical order: ways of asking a guardrail that the user runs already. */
export function adapterGuardrails(): ReadonlyMap<string, AdapterDefinition> {
  const definitions: readonly AdapterDefinition[] = [admission, authzen, cedar, exec, opa, opaWasm, webhook];
  return new Map(definitions.map(definition => [definition.name, definition]));
}
