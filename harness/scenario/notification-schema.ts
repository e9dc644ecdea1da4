import { z } from 'zod';
import { text } from './common-schema.ts';
import { expectations } from './expectations.ts';
import { variableName } from './game-day-words.ts';

const BY_DEFAULT = ['escape', 'verdict-change', 'recovery', 'schedule-missed'] as const;
const NOTIFICATION_EVENTS = [...BY_DEFAULT, 'finished'] as const;

const on = z
  .array(z.enum(NOTIFICATION_EVENTS))
  .min(1)
  .max(NOTIFICATION_EVENTS.length)
  .default([...BY_DEFAULT])
  .describe('What it tells of; everything but finished when left out.');

const url = z
  .string()
  .max(2_000)
  .refine(isPlainUrl)
  .meta({ description: 'An http or https address without user or password.' })
  .register(expectations, {
    expected:
      'an http or https address without user and password (secrets belong in the environment: urlFrom)',
  });

const address = z
  .string()
  .max(320)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/)
  .register(expectations, { expected: 'an e-mail address such as team@example.com' });

const webhook = z
  .strictObject({
    type: z.literal('webhook'),
    url: url.optional().describe('Where it is posted. Not with urlFrom.'),
    urlFrom: variableName.optional().describe('Environment variable that holds the address. Not with url.'),
    secretFrom: variableName
      .optional()
      .describe('Environment variable with the key that signs each message (HMAC-SHA256).'),
    on,
  })
  .register(expectations, { expected: '{ type: webhook, url: … }' });

const slack = z
  .strictObject({
    type: z.literal('slack'),
    urlFrom: variableName.describe('Environment variable with the address; whoever has it may post.'),
    on,
  })
  .register(expectations, { expected: '{ type: slack, urlFrom: … }' });

const email = z
  .strictObject({
    type: z.literal('email'),
    serverFrom: variableName.describe(
      'Environment variable with the server: smtp://user:password@host:port, or smtps://.',
    ),
    from: address,
    to: z.array(address).min(1).max(50),
    subject: text.optional().describe('Begins the subject; the id of the game day when left out.'),
    on,
  })
  .register(expectations, { expected: '{ type: email, serverFrom: …, from: …, to: […] }' });

/** Somebody who is told. Secrets come from the environment alone, so a file names variables and never holds one. */
export const notificationSchema = z.union([webhook, slack, email]).describe('Who is told, how, and of what.');
export type NotificationSpec = z.infer<typeof notificationSchema>;

function isPlainUrl(written: string): boolean {
  if (!URL.canParse(written)) return false;
  const { protocol, username, password } = new URL(written);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
