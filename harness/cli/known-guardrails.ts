import { adapterGuardrails } from '../guardrails/adapters/registry.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import type { KnownGuardrail } from '../scenario/references/references.ts';

/** A guardrail or adapter that a profile's `use` may name, as `list` and `describe` tell of it. */
export interface NamedGuardrail extends KnownGuardrail {
  readonly name: string;
  readonly summary: string;
  readonly kind: 'built-in' | 'adapter';
}

/** Everything that `use` may name besides a module: the built-ins, then the adapters. */
export function knownGuardrails(): ReadonlyMap<string, NamedGuardrail> {
  const builtIns = [...builtInGuardrails().values()].map(
    ({ name, summary, options }): NamedGuardrail => ({ name, summary, options, kind: 'built-in' }),
  );
  const adapters = [...adapterGuardrails().values()].map(
    ({ name, summary, options, files }): NamedGuardrail => ({
      ...{ name, summary, options, kind: 'adapter' },
      files: given => files(given as never),
    }),
  );
  return new Map([...builtIns, ...adapters].map(guardrail => [guardrail.name, guardrail]));
}
