import { z } from 'zod';
import { messageOf } from '../../../kernel/errors.ts';
import { AdapterFault, defineAdapter } from '../adapter.ts';
import { composeDecision } from '../support/compose-decision.ts';
import { mapOption } from '../support/map-option.ts';
import { rulingOptions } from '../support/ruling-options.ts';
import { admissionReview } from '../translation/admission-review.ts';
import type { TranslatedAction } from '../translation/translator.ts';
import { loadPolicyModule } from './load-policy-module.ts';
import { readResultSet } from './read-result-set.ts';

const options = z.strictObject({
  bundle: z
    .string()
    .min(1)
    .max(500)
    .describe('What `opa build -t wasm` wrote: bundle.tar.gz, or the policy.wasm out of it.'),
  data: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('A JSON file with the data document; the data.json of a bundle when left out.'),
  entrypoint: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe(
      'Entry point given to `opa build -e`, such as company/changes/allow; the first one when left out.',
    ),
  at: z
    .string()
    .max(500)
    .default('')
    .describe('Path inside the result to the ruling; the result itself when left out.'),
  read: z
    .enum(['ruling', 'deny-set'])
    .default('ruling')
    .describe(
      'What stands there: a ruling (boolean, or a mapping with allow), or a set of refusals, empty meaning yes.',
    ),
  input: z
    .enum(['words', 'admission'])
    .default('words')
    .describe('What input holds: subject, action, resource and context, or a Kubernetes admission review.'),
  map: mapOption,
  ...rulingOptions,
});
export type OpaWasmOptions = z.infer<typeof options>;

/**
 * A Rego policy compiled to WebAssembly, evaluated in this process. Built-in functions that OPA leaves to the host are
 * there as far as OPA's own package has them; a policy that calls another one fails when it does.
 * @see https://www.openpolicyagent.org/docs/wasm
 */
export const opaWasm = defineAdapter({
  name: 'opa-wasm',
  summary: 'Asks a Rego policy that OPA compiled to WebAssembly, evaluated in this process.',
  home: 'engine',
  options,
  files: ({ bundle, data, map }) => [bundle, ...[data, map].filter(file => file !== undefined)],
  open: async (given, { outside, words }) => {
    const policy = await loadPolicyModule(given, outside);
    return {
      decide: async (action, notes) => {
        const input = inputOf(words.translate(action), given.input, action.id);
        if (input === null)
          return { answer: undefined, why: `the map has no kubernetes part for ${action.verb}` };
        notes.sent({ entrypoint: given.entrypoint ?? 0, input });
        const results = evaluate(() => policy.evaluate(input, given.entrypoint ?? 0));
        notes.received(results);
        const read = readResultSet(results, given);
        if ('why' in read) return { answer: undefined, why: read.why };
        return { answer: composeDecision(read.ruling, read.result, given) };
      },
      close: async () => {},
    };
  },
});

/** The module ends by throwing a text, or traps. */
function evaluate(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    throw new AdapterFault('failed', { reason: `its policy failed: ${messageOf(error)}` });
  }
}

function inputOf(translated: TranslatedAction, kind: 'words' | 'admission', uid: string): unknown {
  const { subject, action, resource, context, object } = translated;
  if (kind === 'words') return { subject, action, resource, context };
  return object === null ? null : admissionReview(translated, object, uid);
}
