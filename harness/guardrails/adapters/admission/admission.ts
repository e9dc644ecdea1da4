import { z } from 'zod';
import type { HttpReply } from '../../../ports/outside.ts';
import { OutsideFailure } from '../../../ports/outside.ts';
import { AdapterFault, defineAdapter } from '../adapter.ts';
import { createService } from '../support/service.ts';
import { serviceFiles, serviceOptions } from '../support/service-options.ts';
import { admissionReview } from '../translation/admission-review.ts';
import { readReview } from './read-review.ts';

const pointer = z
  .string()
  .max(500)
  .regex(/^(\/[^/]+)+$/)
  .describe('A JSON pointer into the object, such as /spec/strategy/waves.');

const options = z.strictObject({
  ...serviceOptions,
  url: serviceOptions.url.describe(
    'Where the webhook listens, with its path: https://127.0.0.1:8443/validate',
  ),
  failurePolicy: z
    .enum(['Fail', 'Ignore'])
    .default('Fail')
    .describe('As in your webhook configuration: what an API server does when the webhook fails.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(30)
    .default(10)
    .describe("As in your webhook configuration. The entry's timeLimit holds too, so raise that as well."),
  patches: z
    .strictObject({ cells: pointer.optional(), waves: pointer.optional(), bake: pointer.optional() })
    .default({})
    .describe('Where in the object a mutating webhook writes what narrows the action.'),
});
export type AdmissionOptions = z.infer<typeof options>;

/**
 * A Kubernetes admission webhook, called as an API server calls it: an AdmissionReview v1 about the object that the map
 * makes of the action. What its failure counts as is its `failurePolicy`, as in a cluster, not the profile's `onFailure`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
export const admission = defineAdapter({
  name: 'admission',
  summary: 'Asks your Kubernetes admission webhook with an AdmissionReview v1; no cluster is needed.',
  home: 'service',
  options,
  files: serviceFiles,
  open: async (given, { outside, words, timeLimitMs }) => {
    const limitMs = Math.min(timeLimitMs, given.timeoutSeconds * 1_000);
    const service = await createService(given, { outside, timeLimitMs: limitMs });
    return {
      decide: async (action, notes) => {
        const translated = words.translate(action);
        if (translated.object === null) {
          return {
            answer: { effect: 'allow', reason: 'the map makes no object of it, so no webhook is asked' },
          };
        }
        const review = admissionReview(translated, translated.object, action.id);
        const reply = await service
          .post(review, notes, { url: timed(given) })
          .catch((error: unknown) => failAsCluster(error, given));
        const hasObject = translated.object.object !== null;
        return { answer: readReview(reply, { uid: action.id, hasObject, given }) };
      },
      close: async () => {},
    };
  },
});

/** An API server tells the webhook how long it waits. */
function timed({ url, timeoutSeconds }: AdmissionOptions): string {
  const address = new URL(url);
  address.searchParams.set('timeout', `${timeoutSeconds}s`);
  return address.href;
}

function failAsCluster(error: unknown, given: AdmissionOptions): HttpReply {
  if (!(error instanceof OutsideFailure)) throw error;
  throw failed(error.fault === 'timeout' ? 'timed-out' : 'unreachable', error.message, given);
}

/** A failure of the webhook, with what it means to an API server. */
export function failed(
  fault: AdapterFault['fault'],
  reason: string,
  { failurePolicy }: Pick<AdmissionOptions, 'failurePolicy'>,
): AdapterFault {
  const ignores = failurePolicy === 'Ignore';
  const meaning = ignores ? 'Ignore lets the object through' : 'Fail refuses the object';
  return new AdapterFault(fault, {
    reason: `${reason}; failurePolicy ${meaning}`,
    countsAs: ignores ? 'open' : 'closed',
  });
}
