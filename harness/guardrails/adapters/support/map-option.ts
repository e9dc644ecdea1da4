import { z } from 'zod';

/** The option that every adapter has: the file that turns our words into the user's. */
export const mapOption = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe("A file of kind Map, from the profile's folder: your words for our verbs, resources and actors.");
