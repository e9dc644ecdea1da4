import { z } from 'zod';
import { duration, percent } from './common-schema.ts';
import { fileName, scenarioSelector } from './game-day-words.ts';

const friction = z
  .strictObject({
    letThroughAtLeast: percent.optional().describe('Share of harmless changes let through in time.'),
    waitedP95AtMost: duration.optional().describe('95 of 100 harmless changes waited no longer.'),
    reviewerMinutesPer100AtMost: z.number().min(0).max(1_000_000).optional(),
    approvalsPer100AtMost: z.number().min(0).max(100_000).optional(),
    falsePagesAtMost: z
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe('In the quiet week; needs `ordinary: true`.'),
  })
  .describe('What a profile may cost on ordinary work.');

const scenarioGate = z
  .strictObject({
    scenario: scenarioSelector,
    profile: fileName.optional().describe('Only under this profile; under every one when left out.'),
    containmentAtLeast: percent.optional().describe('Share of the harm that is kept away.'),
    budgetShareAtMost: percent.optional().describe('Share of the fullest line of the budget that is used.'),
    stage: z
      .array(z.enum(['prevented', 'limited', 'rolled-back', 'repaired-by-people', 'undetected']))
      .min(1)
      .max(5)
      .optional()
      .describe('Where the mistake may end.'),
  })
  .describe('What single scenarios must reach besides their verdict.');

/** Every line is judged for each profile that is no baseline; a figure that was not measured is never a pass. */
export const gateSchema = z
  .strictObject({
    scoreAtLeast: z.number().min(0).max(100).optional().describe('The score, 0 to 100.'),
    containmentAtLeast: percent.optional().describe('Mean containment, weighted as in the score.'),
    friction: friction.prefault({}),
    perScenario: z.array(scenarioGate).max(200).default([]),
  })
  .describe('What must be reached besides the verdicts; missing it is a weakness.');
