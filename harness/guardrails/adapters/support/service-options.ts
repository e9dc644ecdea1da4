import { z } from 'zod';
import { mapOption } from './map-option.ts';

const environmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)
  .describe('Name of an environment variable. Its value is sent, and redacted wherever it would be shown.');

const url = z
  .string()
  .max(2_000)
  .refine(isServiceUrl, 'an http or https address without user name, password or fragment')
  .describe('Where the service is: http or https.');

const header = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);

/** Options of every adapter that asks a service over HTTP. */
export const serviceOptions = {
  url,
  headers: z
    .record(
      header,
      z
        .string()
        .max(2_000)
        .regex(/^[\t\x20-\x7e]*$/),
    )
    .default({})
    .describe('Headers besides those of the protocol. For secrets use auth.'),
  auth: z
    .strictObject({
      bearerFrom: environmentName.optional().describe('Sent as Authorization: Bearer.'),
      headerFrom: z
        .record(header, environmentName)
        .optional()
        .describe('Headers whose values are secrets, each by the name of its environment variable.'),
    })
    .default({}),
  sign: z
    .strictObject({
      hmacFrom: environmentName,
      algorithm: z.enum(['sha256', 'sha512']).default('sha256'),
      header: header.default('X-Signature'),
      prefix: z.string().max(40).default('').describe('Before the digest, such as "sha256=".'),
    })
    .optional()
    .describe('The body is signed: its HMAC, in hexadecimal digits, goes in a header.'),
  tls: z
    .strictObject({
      ca: z.string().min(1).max(500).optional().describe('PEM file of the authorities to trust instead.'),
      cert: z.string().min(1).max(500).optional().describe('PEM file of a client certificate.'),
      key: z.string().min(1).max(500).optional().describe("PEM file of the client certificate's key."),
    })
    .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'cert and key go together')
    .optional()
    .describe("Files from the profile's folder."),
  map: mapOption,
} as const;

const schema = z.strictObject(serviceOptions);
export type ServiceOptions = z.infer<typeof schema>;

/** Files that these options name. */
export function serviceFiles({
  tls,
  map,
}: Pick<ServiceOptions, 'tls'> & { readonly map?: string | undefined }): readonly string[] {
  return [map, tls?.ca, tls?.cert, tls?.key].filter(path => path !== undefined);
}

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '';
}
