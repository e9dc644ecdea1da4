import { z } from 'zod';
import { defineAdapter } from '../adapter.ts';
import { rulingOptions } from '../support/ruling-options.ts';
import { createService } from '../support/service.ts';
import { serviceFiles, serviceOptions } from '../support/service-options.ts';
import { createCanaryGate } from './canary-gate.ts';
import { readWebhookReply } from './read-webhook-reply.ts';

const options = z.strictObject({
  ...serviceOptions,
  asks: z
    .enum(['actions', 'roll-outs'])
    .default('actions')
    .describe('What it rules on: actions before they are carried out, or roll-outs between their waves.'),
  decideBy: z
    .enum(['status', 'body'])
    .default('status')
    .describe(
      'For actions: by the status (2xx yes, 401, 403, 409, 422 and 451 no, any other a failure), or by JSON in the body.',
    ),
  at: z
    .string()
    .max(500)
    .default('')
    .describe('With decideBy body: path to the ruling; the body itself when left out.'),
  ...rulingOptions,
  body: z
    .enum(['gate', 'flagger'])
    .default('gate')
    .describe("For roll-outs: the gate's own figures, or the body that Flagger sends to its webhooks."),
  namespace: z
    .string()
    .min(1)
    .max(63)
    .default('production')
    .describe('For flagger: namespace of the canary.'),
  metadata: z
    .record(z.string().max(200), z.string().max(2_000))
    .default({})
    .describe('For flagger: metadata of the webhook, as in the canary’s own file.'),
  failuresAllowed: z
    .int()
    .min(0)
    .max(100)
    .default(1)
    .describe('For roll-outs: how often it may halt one before that is rolled back; until then it is held.'),
});

/**
 * A plain HTTP decision, or a gate between the waves of a roll-out: there 2xx advances and anything else halts, a failure
 * included, as Flagger has it (docs.flagger.app, webhooks).
 */
export const webhook = defineAdapter({
  name: 'webhook',
  summary: 'Asks a web hook: yes or no to an action, or whether a roll-out may advance.',
  home: 'service',
  options,
  files: serviceFiles,
  powers: ({ asks }) => ({ decide: asks === 'actions', gateRollout: asks === 'roll-outs' }),
  open: async (given, { outside, words, timeLimitMs }) => {
    const service = await createService(given, { outside, timeLimitMs });
    const gate = createCanaryGate(given, service);
    return {
      decide: async (action, notes) => {
        const { subject, action: asked, resource, context } = words.translate(action);
        const reply = await service.post({ subject, action: asked, resource, context }, notes);
        return readWebhookReply(reply, given);
      },
      gateRollout: gate,
      close: async () => {},
    };
  },
});
