import { z } from 'zod';
import type { Decision } from '../../../ports/action.ts';
import type { HttpReply } from '../../../ports/outside.ts';
import { AdapterFault } from '../adapter.ts';
import { type AdmissionOptions, failed } from './admission.ts';
import { decodePatch } from './decode-patch.ts';
import { narrowByPatch } from './narrow-by-patch.ts';

interface Reading {
  /** Of the request; the response must carry the same. */
  readonly uid: string;
  readonly given: Pick<AdmissionOptions, 'failurePolicy' | 'patches'>;
}

const responseSchema = z.looseObject({
  uid: z.string(),
  allowed: z.boolean().optional(),
  status: z
    .looseObject({
      code: z.number().optional(),
      message: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
  warnings: z.array(z.string()).max(1_000).optional(),
  patchType: z.string().optional(),
  patch: z.string().optional(),
});
const reviewSchema = z.looseObject({
  apiVersion: z.literal('admission.k8s.io/v1'),
  kind: z.literal('AdmissionReview'),
  response: responseSchema,
});
type ReviewResponse = z.infer<typeof responseSchema>;

/** What the reply means to an API server. Throws an `AdapterFault` for failures, which count by the failure policy. */
export function readReview(reply: HttpReply, { uid, given }: Reading): Decision {
  const response = responseOf(reply, given);
  if (response.uid !== uid) {
    throw failed('nonsense', `the uid of its response is ${response.uid}, and ${uid} was asked about`, given);
  }
  if (response.allowed === undefined) {
    throw new AdapterFault('nonsense', {
      reason: 'its response does not say whether it is allowed, which an API server reads as false',
      countsAs: 'closed',
    });
  }
  if (!response.allowed) return { effect: 'deny', reason: refusalOf(response), remedies: [] };
  const warned = warningsOf(response);
  if (response.patch === undefined) return { effect: 'allow', reason: `it is admitted${warned}` };
  if (response.patchType !== 'JSONPatch') {
    const type = response.patchType ?? 'none';
    throw failed('nonsense', `it sent a patch, and the patchType must be JSONPatch (found: ${type})`, given);
  }
  const operations = decodePatch(response.patch);
  if (operations === null) throw failed('nonsense', 'its patch is no JSON patch in base64', given);
  const constraints = narrowByPatch(operations, given.patches);
  return constraints === null
    ? { effect: 'allow', reason: `it is admitted with other labels or annotations${warned}` }
    : { effect: 'narrow', reason: `it is admitted as patched${warned}`, constraints };
}

function responseOf({ status, body }: HttpReply, given: Reading['given']): ReviewResponse {
  if (status !== 200) {
    const said = body.trim() === '' ? 'with an empty body' : `and said: ${body.trim().slice(0, 200)}`;
    throw failed('failed', `it answered with status ${status} ${said}`, given);
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw failed('nonsense', body.trim() === '' ? 'its body is empty' : 'its body is no JSON', given);
  }
  const read = reviewSchema.safeParse(json);
  if (read.success) return read.data.response;
  const first = read.error.issues[0];
  throw failed(
    'nonsense',
    `its review is wrong at ${first?.path.join('.') || 'its root'}: ${first?.message}`,
    given,
  );
}

function refusalOf(response: ReviewResponse): string {
  const { code, message, reason } = response.status ?? {};
  const told = message ?? reason ?? 'it is not allowed, and no message says why';
  return `${told}${code === undefined ? '' : ` (code ${code})`}${warningsOf(response)}`;
}

function warningsOf({ warnings = [] }: ReviewResponse): string {
  return warnings.length === 0 ? '' : `; it warns: ${warnings.join('; ')}`;
}
