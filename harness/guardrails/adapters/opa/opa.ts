import { z } from 'zod';
import { defineAdapter } from '../adapter.ts';
import { rulingOptions } from '../support/ruling-options.ts';
import { createService, jsonBody } from '../support/service.ts';
import { serviceFiles, serviceOptions } from '../support/service-options.ts';
import { admissionReview } from '../translation/admission-review.ts';
import type { TranslatedAction } from '../translation/translator.ts';
import { readDataReply } from './read-data-reply.ts';

const options = z.strictObject({
  ...serviceOptions,
  url: serviceOptions.url.describe('Where OPA is, without a path to the rule: http://127.0.0.1:8181'),
  rule: z
    .string()
    .max(500)
    .regex(/^[\w.-]+(\/[\w.-]+)*$/)
    .describe('The rule or package that is asked, as in its data path: company/changes/allow'),
  at: z
    .string()
    .max(500)
    .default('')
    .describe(
      'Path inside the result to the ruling, such as decision.allow; the result itself when left out.',
    ),
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
  revision: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Revision that its bundles must have; another one counts as a failure, since the policy is stale.',
    ),
  ...rulingOptions,
});

/** OPA's Data API v1: POST `{ input }` to /v1/data/<path>; 200 with `result`, which is left out where the rule is undefined. */
export const opa = defineAdapter({
  name: 'opa',
  summary: 'Asks Open Policy Agent over its Data API; a rule that is undefined is told apart from a refusal.',
  home: 'service',
  options,
  files: serviceFiles,
  open: async (given, { outside, words, timeLimitMs }) => {
    const service = await createService(given, { outside, timeLimitMs });
    const base = given.url.replace(/\/+$/, '').replace(/\/v1(\/data)?$/, '');
    const url = `${base}/v1/data/${given.rule}${given.revision === undefined ? '' : '?provenance=true'}`;
    return {
      decide: async (action, notes) => {
        const input = inputOf(words.translate(action), given.input, action.id);
        if (input === null) {
          return {
            answer: undefined,
            why: `the map has no kubernetes part for ${action.verb}, so nothing was asked`,
          };
        }
        const reply = await service.post({ input }, notes, { url });
        return readDataReply(jsonBody(reply), given);
      },
      close: async () => {},
    };
  },
});

function inputOf(translated: TranslatedAction, kind: 'words' | 'admission', uid: string): unknown {
  const { subject, action, resource, context, object } = translated;
  if (kind === 'words') return { subject, action, resource, context };
  return object === null ? null : admissionReview(translated, object, uid);
}
