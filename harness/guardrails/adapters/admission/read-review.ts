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
  /** False where there is nothing that a patch could change: a deletion. */
  readonly hasObject: boolean;
  readonly given: Pick<AdmissionOptions, 'failurePolicy' | 'patches'>;
}

// An API server reads null as it reads a field that is left out; many webhooks write their empty fields so.
const responseSchema = z.looseObject({
  uid: z.string(),
  allowed: z.boolean().nullish(),
  status: z
    .looseObject({
      code: z.number().nullish(),
      message: z.string().nullish(),
      reason: z.string().nullish(),
    })
    .nullish(),
  warnings: z.array(z.string()).max(1_000).nullish(),
  patchType: z.string().nullish(),
  patch: z.string().nullish(),
});
const reviewSchema = z.looseObject({
  apiVersion: z.literal('admission.k8s.io/v1'),
  kind: z.literal('AdmissionReview'),
  response: responseSchema,
});
type ReviewResponse = z.infer<typeof responseSchema>;

/** What the reply means to an API server. Throws an `AdapterFault` for failures, which count by the failure policy. */
export function readReview(reply: HttpReply, { uid, hasObject, given }: Reading): Decision {
  const response = responseOf(reply, given);
  if (response.uid !== uid) {
    throw failed('nonsense', `the uid of its response is ${response.uid}, and ${uid} was asked about`, given);
  }
  assertPatchIsWhole(response, given);
  if (response.allowed === undefined || response.allowed === null) {
    throw new AdapterFault('nonsense', {
      reason: 'its response does not say whether it is allowed, which an API server reads as false',
      countsAs: 'closed',
    });
  }
  if (!response.allowed) return { effect: 'deny', reason: refusalOf(response), remedies: [] };
  const warned = warningsOf(response);
  if (!hasPatch(response)) return { effect: 'allow', reason: `it is admitted${warned}` };
  if (response.patchType !== 'JSONPatch') {
    throw failed('nonsense', `it sent a patch of the unknown type ${response.patchType}`, given);
  }
  const operations = decodePatch(response.patch ?? '');
  if (operations === null) throw failed('nonsense', 'its patch is no JSON patch in base64', given);
  if (operations.length > 0 && !hasObject) {
    throw new AdapterFault('nonsense', {
      reason: 'it sent a patch, and there is no object left to patch, which an API server refuses',
      countsAs: 'closed',
    });
  }
  const constraints = narrowByPatch(operations, given.patches);
  return constraints === null
    ? { effect: 'allow', reason: `it is admitted with other labels or annotations${warned}` }
    : { effect: 'narrow', reason: `it is admitted as patched${warned}`, constraints };
}

function hasPatch({ patch }: ReviewResponse): boolean {
  return (patch ?? '') !== '';
}

/** A patch and its type come together or not at all, in a refusal too: else an API server takes the reply for none. */
function assertPatchIsWhole(response: ReviewResponse, given: Reading['given']): void {
  const type = response.patchType ?? null;
  if (hasPatch(response) && type === null)
    throw failed('nonsense', 'it sent a patch without patchType', given);
  if (!hasPatch(response) && type !== null)
    throw failed('nonsense', 'it sent a patchType without a patch', given);
  if (type === '') throw failed('nonsense', 'its patchType is empty', given);
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
  return `${told}${code === undefined || code === null ? '' : ` (code ${code})`}${warningsOf(response)}`;
}

function warningsOf({ warnings }: ReviewResponse): string {
  const all = warnings ?? [];
  return all.length === 0 ? '' : `; it warns: ${all.join('; ')}`;
}
