import { z } from 'zod';
import { defineAdapter } from '../adapter.ts';
import { rulingOptions } from '../support/ruling-options.ts';
import { createService, jsonBody } from '../support/service.ts';
import { serviceFiles, serviceOptions } from '../support/service-options.ts';
import { readEvaluation } from './read-evaluation.ts';

/**
 * AuthZEN Authorization API 1.0 (OpenID Foundation, final January 2026), Access Evaluation: one POST of subject, action,
 * resource and context; a reply of 200 with the boolean `decision`, and optional `context`.
 */
export const authzen = defineAdapter({
  name: 'authzen',
  summary: 'Asks a policy decision point over the AuthZEN 1.0 evaluation API.',
  home: 'service',
  options: z.strictObject({
    ...serviceOptions,
    ...rulingOptions,
    contextError: z
      .enum(['deny', 'error'])
      .default('deny')
      .describe(
        'What a refusal with context.error is: a denial, as enforcement points take it, or the failure that it tells of.',
      ),
  }),
  files: serviceFiles,
  open: async (options, { outside, words, timeLimitMs }) => {
    const service = await createService(options, { outside, timeLimitMs });
    return {
      decide: async (action, notes) => {
        const { subject, action: asked, resource, context } = words.translate(action);
        const request = { subject, action: asked, resource, context };
        // The specification lets the answer be matched with the question by this header.
        const reply = await service.post(request, notes, { headers: { 'x-request-id': action.id } });
        return { answer: readEvaluation(jsonBody(reply), options) };
      },
      close: async () => {},
    };
  },
});
